import type { TruckLead } from "@mingcha/models/http";
import {
  type LeadMove,
  type LeadReason,
  leadMoves,
  leadReasonCodes,
  leadReasons,
  tripRules,
} from "@mingcha/models/trips";
import { App, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useMoveLead } from "../../api/trucks.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

/** Asks for what a step needs; a discarded finding needs its reason, and words where that is "other". */
export function MoveDialog({ lead, move, onClose }: { lead: TruckLead; move: LeadMove; onClose: () => void }) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const send = useMoveLead(lead.id);
  const [reason, setReason] = useState<LeadReason | null>(null);
  const [note, setNote] = useState("");
  const { asksReason } = leadMoves[move];
  const isComplete = !asksReason || (reason !== null && (reason !== "other" || note.trim() !== ""));
  const run = () =>
    send.mutate(
      {
        move,
        version: lead.version,
        ...(reason === null ? {} : { reason }),
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      },
      {
        onSuccess: () => {
          void message.success(t("trucks.leads.moved"));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={`${pick(leadMoves[move])} · ${pick(tripRules[lead.rule])} ${lead.plate}`}
      okText={pick(leadMoves[move])}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: !isComplete, loading: send.isPending }}
      onOk={run}
      onCancel={onClose}
      width={520}
    >
      <div className="trucks-form">
        {send.isError ? <ErrorPanel error={send.error} /> : null}
        <p>{pick(lead.check.text)}</p>
        {move === "take_up" ? <p className="trucks-hint">{t("trucks.leads.takeUpHint")}</p> : null}
        {asksReason ? (
          <>
            <label htmlFor="truck-reason">{t("trucks.leads.reason")}</label>
            <Select<LeadReason>
              id="truck-reason"
              value={reason}
              onChange={setReason}
              options={leadReasonCodes.map((code) => ({ value: code, label: pick(leadReasons[code]) }))}
            />
          </>
        ) : null}
        <label htmlFor="truck-note">{t("trucks.leads.note")}</label>
        <Input.TextArea
          id="truck-note"
          rows={3}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </Modal>
  );
}
