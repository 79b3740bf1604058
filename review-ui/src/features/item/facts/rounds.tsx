import { type CorrectionBody, correctionReasons, legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { Button } from "antd";
import { Badge } from "../../../components/badges.tsx";
import { Panel } from "../../../components/page.tsx";
import { formatInstant } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";
import { valueInWords } from "../review/correction-value.tsx";
import { type AskedOutcome, compareRounds, type RoundChange } from "./compare-rounds.ts";

const questions = [...technicalQuestions, ...legalQuestions];
const tones: Record<AskedOutcome, "good" | "warn" | "plain"> = {
  done: "good",
  otherwise: "warn",
  notDone: "warn",
  waiting: "plain",
};

interface RoundsProps {
  readonly clue: ClueDetail;
  /** Takes a correction that was asked for into the form; not given where the person cannot correct. */
  readonly onTake?: ((asked: CorrectionBody) => void) | undefined;
}

/** What a record was sent back for, and beside it what was answered; of the check lists only what differs. */
export function Rounds({ clue, onTake }: RoundsProps) {
  const { t } = useText();
  const changes = compareRounds(clue).filter(
    (change) => change.askedBy !== null || change.answer !== null || clue.note,
  );
  if (changes.length === 0) return null;
  return (
    <Panel title={t("corrections.rounds.title")}>
      {changes.map((change) => (
        <Round key={change.round} clue={clue} change={change} onTake={onTake} />
      ))}
    </Panel>
  );
}

function Round({ clue, change, onTake }: RoundsProps & { change: RoundChange }) {
  const { t, pick } = useText();
  const { askedBy, answer } = change;
  const isLast = change.round === clue.round - 1;
  return (
    <section className="round" aria-label={t("corrections.rounds.round", { round: change.round })}>
      <div className="round-sides">
        <div>
          <h3>
            {t("corrections.rounds.asked")} <small>{t("corrections.rounds.round", { round: change.round })}</small>
          </h3>
          {askedBy === null ? <p className="round-by">{t("corrections.rounds.fromHandler")}</p> : null}
          <p className="round-words">{askedBy?.note ?? (isLast ? clue.note : null) ?? "—"}</p>
          {askedBy ? <Signed review={askedBy} timezone={clue.timezone} /> : null}
        </div>
        <div>
          <h3>
            {t("corrections.rounds.answered")}{" "}
            <small>{t("corrections.rounds.round", { round: change.round + 1 })}</small>
          </h3>
          {answer === null ? (
            <p className="round-words round-waiting">{t("corrections.rounds.waiting")}</p>
          ) : (
            <>
              <p className="round-words">
                <Badge tone={answer.result === "pass" ? "good" : "bad"}>{t(`reviewResult.${answer.result}`)}</Badge>{" "}
                {answer.note}
              </p>
              <Signed review={answer} timezone={clue.timezone} />
            </>
          )}
        </div>
      </div>
      {change.asked.map((asked) => {
        const item = clue.correctable.find(({ field }) => field === asked.field);
        if (item === undefined) return null;
        return (
          <div className="round-asked" key={asked.field}>
            <span>
              {t("corrections.rounds.askedFor")}: {pick(item.title)} →{" "}
              <b>{valueInWords(item, asked.value, clue.timezone, pick)}</b>
              <small>
                {pick(correctionReasons[asked.reasonCode])} — {asked.note}
              </small>
            </span>
            {asked.outcome === "waiting" && onTake !== undefined ? (
              <Button size="small" onClick={() => onTake(asked)}>
                {t("corrections.rounds.take")}
              </Button>
            ) : (
              <Badge tone={tones[asked.outcome]}>{t(`corrections.rounds.${asked.outcome}`)}</Badge>
            )}
          </div>
        );
      })}
      <Differences change={change} />
    </section>
  );
}

function Signed({ review, timezone }: { review: ClueDetail["reviews"][number]; timezone: string }) {
  return (
    <p className="round-by">
      {review.reviewerName} {review.reviewerBadgeNo ?? ""} {formatInstant(review.createdAt, timezone)}
    </p>
  );
}

function Differences({ change }: { change: RoundChange }) {
  const { t, pick } = useText();
  if (change.answer === null) return null;
  const said = (answer: RoundChange["differing"][number]["before"]) =>
    answer === null ? "—" : `${t(`answer.${answer.answer}`)}${answer.note ? ` — ${answer.note}` : ""}`;
  return (
    <>
      {change.differing.length > 0 ? (
        <table className="round-table">
          <thead>
            <tr>
              <th>{t("corrections.rounds.check")}</th>
              <th>{t("corrections.rounds.round", { round: change.round })}</th>
              <th>{t("corrections.rounds.round", { round: change.round + 1 })}</th>
            </tr>
          </thead>
          <tbody>
            {change.differing.map(({ id, before, after }) => {
              const question = questions.find((item) => item.id === id);
              return (
                <tr key={id}>
                  <td>{question ? pick(question) : id}</td>
                  <td>{said(before)}</td>
                  <td className="round-changed" title={t("corrections.rounds.changed")}>
                    {said(after)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
      <p className="round-by">
        {change.differing.length + change.sameTotal === 0
          ? t("corrections.rounds.noChecks")
          : t("corrections.rounds.same", { total: change.sameTotal })}
      </p>
    </>
  );
}
