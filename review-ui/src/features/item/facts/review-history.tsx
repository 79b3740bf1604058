import { legalQuestions, reasonText, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { Badge } from "../../../components/badges.tsx";
import { formatInstant } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";

const questions = [...technicalQuestions, ...legalQuestions];
const tones = { pass: "good", fail: "bad", send_back: "warn", unsure: "warn" } as const;

/** Reviews of this record so far, the newest first, with their answers. */
export function ReviewHistory({ clue }: { clue: ClueDetail }) {
  const { t, pick } = useText();
  return (
    <ul className="history">
      {clue.reviews.map((review) => (
        <li key={review.id}>
          <div className="history-head">
            <b>{t(`item.reviewKind.${review.kind}`)}</b>
            <Badge tone={tones[review.result]}>{t(`reviewResult.${review.result}`)}</Badge>
            <span>
              {review.reviewerName} {review.reviewerBadgeNo ?? ""}
            </span>
            <span>{formatInstant(review.createdAt, clue.timezone)}</span>
            {review.round > 1 ? <span>{t("item.round", { round: review.round })}</span> : null}
          </div>
          {review.reasonCode ? (
            <p>{pick(reasonText(review.reasonCode) ?? { zh: review.reasonCode, en: review.reasonCode })}</p>
          ) : null}
          {review.note ? <p className="history-note">{review.note}</p> : null}
          {review.legalChecklist === null ? (
            <Answers title={t("item.answers", { total: review.checklist.length })} answers={review.checklist} />
          ) : (
            <>
              <Answers
                title={`${t("item.reviewKind.technical")} · ${t("item.answers", { total: review.checklist.length })}`}
                answers={review.checklist}
              />
              <Answers
                title={`${t("item.reviewKind.legal")} · ${t("item.answers", { total: review.legalChecklist.length })}`}
                answers={review.legalChecklist}
              />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Answers({ title, answers }: { title: string; answers: ClueDetail["reviews"][number]["checklist"] }) {
  const { t, pick } = useText();
  if (answers.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul>
        {answers.map((answer) => {
          const question = questions.find((item) => item.id === answer.id);
          return (
            <li key={answer.id}>
              {t(`answer.${answer.answer}`)} · {question ? pick(question) : answer.id}
              {answer.note ? ` — ${answer.note}` : ""}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
