import {
  type DockCloseCause,
  type DockFileStep,
  dockCloseCauseCodes,
  dockCloseCauses,
  dockFileSteps,
} from "@mingcha/models/dock";
import type { DockFileView } from "@mingcha/models/http";
import { App, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useDecideDockFile } from "../../api/docks.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

interface FileDialogProps {
  readonly sn: string;
  readonly file: DockFileView;
  readonly step: DockFileStep;
  readonly onClose: () => void;
}

/** Asks why a file is closed, or opened again: a cause of the house list and the person's own words. */
export function FileDialog({ sn, file, step, onClose }: FileDialogProps) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const decide = useDecideDockFile(sn, file.id);
  const [cause, setCause] = useState<DockCloseCause | null>(null);
  const [reason, setReason] = useState("");
  const words = { version: file.version, reason: reason.trim() };
  const body = step === "reopen" ? { step, ...words } : cause === null ? null : { step, cause, ...words };
  const isComplete = body !== null && body.reason.length >= 2;
  const send = () => {
    if (body === null) return;
    decide.mutate(body, {
      onSuccess: () => {
        void message.success(t(step === "close" ? "docks.closedNow" : "docks.reopenedNow"));
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
        <p className="docks-soft">{t(step === "close" ? "docks.closeHint" : "docks.reopenHint")}</p>
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
        <label htmlFor="dock-reason">{t("docks.words")}</label>
        <Input.TextArea
          id="dock-reason"
          rows={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
    </Modal>
  );
}
