import { rejectReasonCodes, rejectReasons } from "@mingcha/models/clue";
import { Button, Input } from "antd";
import { useState } from "react";
import { slotKeys, usePageKeys } from "../../../lib/keyboard.ts";
import { useText } from "../../../lib/use-text.ts";
import type { OfferedEvent } from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

/** Coded reasons, each on a number key. Choosing one rejects at once; "other" asks for words first. */
export function RejectForm({ review, offer }: { review: ReviewState; offer: OfferedEvent }) {
  const { t, pick } = useText();
  const [other, setOther] = useState(false);
  const [note, setNote] = useState("");
  const choose = (code: (typeof rejectReasonCodes)[number]) => {
    if (code === "other") setOther(true);
    else review.submit(offer, { reasonCode: code, note });
  };
  usePageKeys((press) => {
    if (press.key === "Escape") {
      review.cancel();
      return true;
    }
    const code = press.slot === null ? undefined : rejectReasonCodes[press.slot - 1];
    if (code !== undefined) choose(code);
    return press.slot !== null;
  });
  const send = () => {
    if (note.trim() !== "") review.submit(offer, { reasonCode: "other", note });
  };
  return (
    <section className="asking" aria-label={t("item.rejectReason")}>
      <div className="asking-title">{t("item.rejectReason")}</div>
      <div className="reasons">
        {rejectReasonCodes.map((code, index) => (
          <button
            key={code}
            type="button"
            className={`reason ${other && code === "other" ? "reason-on" : ""}`}
            disabled={review.sending}
            onClick={() => choose(code)}
          >
            <kbd>{slotKeys[index]}</kbd>
            {pick(rejectReasons[code])}
          </button>
        ))}
      </div>
      {other ? (
        <Input.TextArea
          autoFocus
          rows={2}
          maxLength={2000}
          value={note}
          placeholder={t("item.otherReason")}
          aria-label={t("item.otherReason")}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && review.cancel()}
        />
      ) : null}
      <div className="asking-actions">
        <Button onClick={review.cancel}>{t("action.cancel")} (Esc)</Button>
        {other ? (
          <Button danger type="primary" disabled={note.trim() === ""} loading={review.sending} onClick={send}>
            {pick(offer.title)}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
