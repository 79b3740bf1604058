import { askOf, reasonsOf } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { Button, Input } from "antd";
import { useState } from "react";
import { Badge } from "../../../components/badges.tsx";
import { slotKeys, usePageKeys } from "../../../lib/keyboard.ts";
import { useText } from "../../../lib/use-text.ts";
import type { OfferedEvent } from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

interface RejectFormProps {
  readonly review: ReviewState;
  readonly offer: OfferedEvent;
  readonly closing: ClueDetail["closingReasons"];
}

/** Coded reasons of the step's own table, each on a number key. Choosing one sends it at once; "other" asks for words first. */
export function RejectForm({ review, offer, closing }: RejectFormProps) {
  const { t, pick } = useText();
  const table = reasonsOf(askOf(offer.event));
  const reasons = table ? Object.entries(table).map(([code, text]) => ({ code, ...text })) : closing;
  const isUnverified = table === undefined && closing.some(({ verified }) => !verified);
  const [other, setOther] = useState(false);
  const [note, setNote] = useState("");
  const choose = (code: string) => {
    if (code === "other") setOther(true);
    else review.submit(offer, { reasonCode: code, note });
  };
  usePageKeys((press) => {
    if (press.key === "Escape") {
      review.cancel();
      return true;
    }
    const code = press.slot === null ? undefined : reasons[press.slot - 1]?.code;
    if (code !== undefined) choose(code);
    return press.slot !== null;
  });
  const send = () => {
    if (note.trim() !== "") review.submit(offer, { reasonCode: "other", note });
  };
  return (
    <section className="asking" aria-label={t("item.rejectReason")}>
      <div className="asking-title">
        {pick(offer.title)} · {t("item.rejectReason")}{" "}
        {isUnverified ? <Badge tone="warn">{t("endings.unverifiedReasons")}</Badge> : null}
      </div>
      <div className="reasons">
        {reasons.map(({ code, zh, en }, index) => (
          <button
            key={code}
            type="button"
            className={`reason ${other && code === "other" ? "reason-on" : ""}`}
            disabled={review.sending}
            onClick={() => choose(code)}
          >
            <kbd>{slotKeys[index]}</kbd>
            {pick({ zh, en })}
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
