import type { FieldDecisionBody } from "@mingcha/models/http";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { ErrorPanel } from "../../components/page.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { useText } from "../../lib/use-text.ts";

export type Asked =
  | { readonly step: "rejected"; readonly targetKey: string; readonly place: string }
  | { readonly step: "nothing" }
  | { readonly step: "set" };

interface ReasonDialogProps {
  readonly asked: Asked;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onSend: (body: Omit<FieldDecisionBody, "version">) => void;
  readonly onClose: () => void;
}

const quick = ["test", "patrol", "training", "nothing"] as const;
const idPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** Asks for what a step needs: why, and for a link by hand which record. */
export function ReasonDialog({ asked, isBusy, error, onSend, onClose }: ReasonDialogProps) {
  const { t } = useText();
  const [reason, setReason] = useState("");
  const [clue, setClue] = useState("");
  const clueId = idPattern.exec(clue)?.[0].toLowerCase();
  const isComplete = reason.trim().length >= 2 && (asked.step !== "set" || clueId !== undefined);
  const send = () =>
    onSend({
      step: asked.step,
      reason: reason.trim(),
      ...(asked.step === "rejected" ? { targetKey: asked.targetKey } : {}),
      ...(asked.step === "set" && clueId !== undefined ? { clueId } : {}),
    });
  return (
    <Modal
      open
      title={t(`field.reasonTitle.${asked.step}`, { place: asked.step === "rejected" ? asked.place : "" })}
      okText={t("action.confirm")}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: !isComplete, loading: isBusy }}
      onOk={send}
      onCancel={onClose}
      width={520}
    >
      <div className="field-form">
        {error ? <ErrorPanel error={error} /> : null}
        {asked.step === "set" ? (
          <>
            <label htmlFor="field-clue">{t("field.clueId")}</label>
            <Input
              id="field-clue"
              value={clue}
              status={clue !== "" && clueId === undefined ? "error" : ""}
              aria-invalid={clue !== "" && clueId === undefined}
              onChange={(event) => setClue(event.target.value)}
            />
            {clue !== "" && clueId === undefined ? <small>{t("field.clueIdWrong")}</small> : null}
          </>
        ) : null}
        {asked.step === "nothing" ? (
          <div className="field-quick">
            {quick.map((one) => (
              <Button key={one} size="small" onClick={() => setReason(t(`field.quick.${one}`))}>
                {t(`field.quick.${one}`)}
              </Button>
            ))}
          </div>
        ) : null}
        <ReasonField
          label={t("field.reason")}
          hint={t("field.reasonHint")}
          value={reason}
          onChange={setReason}
          autoFocus
        />
      </div>
    </Modal>
  );
}
