import { CloseOutlined } from "@ant-design/icons";
import type { ClueDetail } from "@mingcha/models/http";
import { useText } from "../../../lib/use-text.ts";
import { valueInWords } from "./correction-value.tsx";
import { notOwn } from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

/** What goes with the verdict: facts it corrects, or facts a colleague is asked to correct. */
export function PendingCorrections({ clue, review }: { clue: ClueDetail; review: ReviewState }) {
  const { t, pick } = useText();
  if (review.corrections.length === 0) return null;
  const isAsking = notOwn(review.corrections, review.kind).length > 0;
  return (
    <section className="pending" aria-label={isAsking ? t("corrections.pendingAsk") : t("corrections.pending")}>
      <b>{isAsking ? t("corrections.pendingAsk") : t("corrections.pending")}</b>
      <ul>
        {review.corrections.map(({ field, value }) => {
          const item = clue.correctable.find((one) => one.field === field);
          if (item === undefined) return null;
          const words = (text: string) => valueInWords(item, text, clue.timezone, pick);
          return (
            <li key={field}>
              <span>
                {pick(item.title)}: <s>{item.value === null ? t("corrections.none") : words(item.value)}</s> →{" "}
                <b>{words(value)}</b>
              </span>
              <button
                type="button"
                aria-label={t("corrections.drop")}
                title={t("corrections.drop")}
                onClick={() => review.dropCorrection(field)}
              >
                <CloseOutlined />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
