import { Button, Input } from "antd";
import { useState } from "react";
import { useText } from "../../../lib/use-text.ts";
import type { OfferedEvent } from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

/** Words that go with sending back or doubting: a colleague has to work from them. */
export function NoteForm({ review, offer }: { review: ReviewState; offer: OfferedEvent }) {
  const { t, pick } = useText();
  const [note, setNote] = useState("");
  const ready = note.trim() !== "";
  const send = () => {
    if (ready) review.submit(offer, { note });
  };
  return (
    <section className="asking" aria-label={pick(offer.title)}>
      <div className="asking-title">{pick(offer.title)}</div>
      <Input.TextArea
        autoFocus
        rows={2}
        maxLength={2000}
        value={note}
        placeholder={t("item.noteRequired")}
        aria-label={t("item.note")}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") review.cancel();
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <div className="asking-actions">
        <Button onClick={review.cancel}>{t("action.cancel")} (Esc)</Button>
        <Button type="primary" disabled={!ready} loading={review.sending} onClick={send}>
          {t("action.confirm")} (Ctrl+Enter)
        </Button>
      </div>
    </section>
  );
}
