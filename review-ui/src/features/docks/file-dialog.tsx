import {
  type DockCloseCause,
  type DockFileStep,
  dockCloseCauseCodes,
  dockCloseCauses,
  dockFileSteps,
} from "@mingcha/models/dock";
import type { DockFileDecisionBody, DockFileView } from "@mingcha/models/http";
import { App, Modal, Select } from "antd";
import { useState } from "react";
import { useDecideDockFile } from "../../api/docks.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { useText } from "../../lib/use-text.ts";

interface FileDialogProps {
  readonly sn: string;
  readonly file: DockFileView;
  readonly step: DockFileStep;
  readonly onClose: () => void;
}

const hints = { close: "docks.closeHint", reopen: "docks.reopenHint", admit: "docks.admitHint" } as const;
const dones = { close: "docks.closedNow", reopen: "docks.reopenedNow", admit: "docks.admittedNow" } as const;

/** Asks why a file is closed, opened again or taken in as it is: the person's own words, and to close it a cause of the house list. */
export function FileDialog({ sn, file, step, onClose }: FileDialogProps) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const decide = useDecideDockFile(sn, file.id);
  const [cause, setCause] = useState<DockCloseCause | null>(null);
  const [reason, setReason] = useState("");
  const words = { version: file.version, reason: reason.trim() };
  const body = bodyOf(step, cause, file.admissible, words);
  const isComplete = body !== null && body.reason.length >= 2;
  const send = () => {
    if (body === null) return;
    decide.mutate(body, {
      onSuccess: () => {
        void message.success(t(dones[step]));
        onClose();
      },
    });
  };
  return (
    <Modal
      open
      title={`${pick(dockFileSteps[step])} · ${file.name}`}
      okText={pick(dockFileSteps[step])}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: !isComplete, loading: decide.isPending }}
      onOk={send}
      onCancel={onClose}
      width={520}
    >
      <div className="docks-decide">
        {decide.isError ? <ErrorPanel error={decide.error} /> : null}
        {file.reason === null ? null : <p>{pick(file.reason)}</p>}
        <p className="docks-soft">{t(hints[step])}</p>
        {step === "admit" ? <p>{t("docks.objectLine", { etag: file.admissible })}</p> : null}
        {step === "close" ? (
          <>
            <label htmlFor="dock-cause">{t("docks.cause")}</label>
            <Select<DockCloseCause>
              id="dock-cause"
              value={cause}
              onChange={setCause}
              options={dockCloseCauseCodes.map((code) => ({ value: code, label: pick(dockCloseCauses[code]) }))}
            />
          </>
        ) : null}
        <ReasonField label={t("docks.words")} value={reason} onChange={setReason} />
      </div>
    </Modal>
  );
}

/** What is sent; null: something is still to be said. */
function bodyOf(
  step: DockFileStep,
  cause: DockCloseCause | null,
  etag: string | null,
  words: { readonly version: number; readonly reason: string },
): DockFileDecisionBody | null {
  if (step === "reopen") return { step, ...words };
  if (step === "admit") return etag === null ? null : { step, etag, ...words };
  return cause === null ? null : { step, cause, ...words };
}
