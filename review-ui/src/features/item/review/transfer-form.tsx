import { transferReasons } from "@mingcha/models/clue";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useText } from "../../../lib/use-text.ts";
import type { OfferedEvent } from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

type TransferReason = keyof typeof transferReasons;
const codes = Object.keys(transferReasons) as TransferReason[];

/** To which authority a record goes, and why; the server says who may decide it. */
export function TransferForm({ review, offer }: { review: ReviewState; offer: OfferedEvent }) {
  const { t, pick } = useText();
  const [authority, setAuthority] = useState("");
  const [reason, setReason] = useState<TransferReason>("other_matter");
  const [note, setNote] = useState("");
  const isComplete = authority.trim().length >= 2 && (reason !== "other" || note.trim() !== "");
  const send = () => {
    if (isComplete) review.submit(offer, { transferTo: authority.trim(), reasonCode: reason, note });
  };
  return (
    <section className="asking asking-dissuasion" aria-label={pick(offer.title)}>
      <div className="asking-title">{pick(offer.title)}</div>
      <Select
        aria-label={t("item.closeReason")}
        className="asking-wide"
        value={reason}
        onChange={setReason}
        options={codes.map((code) => ({ value: code, label: pick(transferReasons[code]) }))}
      />
      <Input
        autoFocus
        maxLength={120}
        value={authority}
        placeholder={t("endings.authorityHint")}
        aria-label={t("endings.authority")}
        onChange={(event) => setAuthority(event.target.value)}
        onPressEnter={(event) => {
          if (!event.nativeEvent.isComposing) send();
        }}
      />
      <Input
        maxLength={2000}
        value={note}
        placeholder={t("item.note")}
        aria-label={t("item.note")}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="asking-actions">
        <Button onClick={review.cancel}>{t("action.cancel")}</Button>
        <Button type="primary" disabled={!isComplete} loading={review.sending} onClick={send}>
          {pick(offer.title)}
        </Button>
      </div>
    </section>
  );
}
