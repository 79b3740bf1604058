import type { ClueDetail } from "@mingcha/models/http";
import { Alert, Button, Segmented } from "antd";
import { ErrorPanel } from "../../../components/page.tsx";
import { useText } from "../../../lib/use-text.ts";
import { Rounds } from "../facts/rounds.tsx";
import { Checklist } from "./checklist.tsx";
import { CorrectionForm } from "./correction-form.tsx";
import { DissuasionForm } from "./dissuasion-form.tsx";
import { HandlerPicker } from "./handler-picker.tsx";
import { NoteForm } from "./note-form.tsx";
import { PendingCorrections } from "./pending-corrections.tsx";
import { RejectForm } from "./reject-form.tsx";
import { notesOfQuestion } from "./review-stage.ts";
import { SecondLookNote } from "./second-look-note.tsx";
import { TransferForm } from "./transfer-form.tsx";
import type { ReviewState } from "./use-review.ts";
import { VerdictBar } from "./verdict-bar.tsx";
import "./review.css";

interface ReviewPanelProps {
  readonly clue: ClueDetail;
  readonly review: ReviewState;
  readonly onReload: () => void;
}

interface ReviewFootProps {
  readonly clue: ClueDetail;
  readonly review: ReviewState;
  /** The moment of the picture or film that is shown. */
  readonly cursorMs: number | undefined;
}

/** Questions of this stage, what stands in the way, and what was sent wrong. The verdict buttons are {@link ReviewFoot}. */
export function ReviewPanel({ clue, review, onReload }: ReviewPanelProps) {
  const { t, pick, errorText } = useText();
  const answered = review.questions.filter((question) => review.answers[question.id]?.answer !== undefined).length;
  return (
    <section className="review" aria-label={t("item.review")}>
      {review.stale ? (
        <Alert
          type="warning"
          showIcon
          title={errorText(review.error)}
          description={t("item.staleHint")}
          action={
            <Button size="small" type="primary" onClick={onReload}>
              {t("action.reload")}
            </Button>
          }
        />
      ) : review.error ? (
        <ErrorPanel error={review.error} />
      ) : null}
      {clue.blind ? <Alert type="info" showIcon title={t("corrections.blind")} /> : null}
      {clue.barred ? <Alert type="warning" showIcon title={t("item.barred", { reason: pick(clue.barred) })} /> : null}
      <SecondLookNote clue={clue} />
      {review.mergedOffered ? (
        <Segmented
          block
          size="small"
          value={review.merged ? "merged" : "technical"}
          options={[
            { value: "merged", label: t("item.mergedReview") },
            { value: "technical", label: t("item.technicalOnly") },
          ]}
          onChange={(value) => review.setMerged(value === "merged")}
        />
      ) : null}
      {review.kind ? (
        <>
          <div className="review-head">
            <h2>{t(`item.reviewKind.${review.kind}`)}</h2>
            <span>
              {answered} / {review.questions.length}
            </span>
          </div>
          <Rounds clue={clue} onTake={review.kind === "legal" ? undefined : review.correct} />
          <Checklist review={review} notesOf={(id) => notesOfQuestion(clue, id)} />
        </>
      ) : (
        <>
          {review.offers.length === 0 && clue.barred === null && clue.secondLook === null ? (
            <p className="review-nothing">{t("item.nothingToDo")}</p>
          ) : null}
          <Rounds clue={clue} />
        </>
      )}
    </section>
  );
}

/** The verdict, or the one question that has to be answered before it is sent. Stays in view at the bottom. */
export function ReviewFoot({ clue, review, cursorMs }: ReviewFootProps) {
  const { asking } = review;
  if (review.offers.length === 0) return null;
  return (
    <div className="review-foot">
      {asking?.for === "reason" ? (
        <RejectForm review={review} offer={asking.offer} closing={clue.closingReasons} />
      ) : null}
      {asking?.for === "transfer" ? <TransferForm review={review} offer={asking.offer} /> : null}
      {asking?.for === "note" ? <NoteForm review={review} offer={asking.offer} /> : null}
      {asking?.for === "dissuasion" ? (
        <DissuasionForm draft={clue.dissuasionDraft} review={review} offer={asking.offer} />
      ) : null}
      {asking?.for === "handlers" ? <HandlerPicker clueId={clue.id} review={review} offer={asking.offer} /> : null}
      {asking?.for === "correction" ? (
        <CorrectionForm clue={clue} review={review} start={asking.start} cursorMs={cursorMs} />
      ) : null}
      {asking?.for === "correction" ? null : <PendingCorrections clue={clue} review={review} />}
      {asking === null || asking.for === "handlers" ? (
        <VerdictBar review={review} barred={clue.barred !== null} />
      ) : null}
    </div>
  );
}
