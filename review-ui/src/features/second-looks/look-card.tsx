import { reasonText } from "@mingcha/models/clue";
import type { SecondLookItem } from "@mingcha/models/http";
import { Link } from "react-router";
import { pictureUrl } from "../../api/media.ts";
import { Badge } from "../../components/badges.tsx";
import { formatInstant, formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

/** One drawn decision: the record, whose decision it was, until when, and what was said or who may say it. */
export function LookCard({ look }: { look: SecondLookItem }) {
  const { t, pick } = useText();
  const { clue, result, barred } = look;
  const reason = look.reasonCode === null ? undefined : reasonText(look.reasonCode);
  const isMine = result === null && barred === null;
  return (
    <li className="second-card">
      {clue.pictureId === null ? (
        <span className="second-picture second-none">{t("queue.noPicture")}</span>
      ) : (
        <img className="second-picture" src={pictureUrl(clue.pictureId)} alt={clue.place} loading="lazy" />
      )}
      <div className="second-facts">
        <div className="second-head">
          <b>{pick(clue.violationTitle)}</b>
          <Badge>{t(`secondLooks.kind.${look.kind}`)}</Badge>
          {look.overdue ? <Badge tone="bad">{t("secondLooks.overdue")}</Badge> : null}
          {result === null ? null : (
            <Badge tone={result === "agree" ? "good" : "warn"}>
              {t(result === "agree" ? "secondLooks.agreed" : "secondLooks.disagreed")}
            </Badge>
          )}
        </div>
        <div>{clue.place}</div>
        <div className="second-small">{formatSpan(clue.from, clue.to, clue.timezone)}</div>
        <div className="second-small">
          <span>{t("secondLooks.of", { name: look.of })}</span>
          {reason ? <span>{pick(reason)}</span> : null}
          {look.by === null ? null : <span>{t("secondLooks.by", { name: look.by })}</span>}
        </div>
        <div className="second-small">
          <span>{t("secondLooks.drawnAt", { time: formatInstant(look.drawnAt, clue.timezone) })}</span>
          {result === null ? (
            <span>{t("secondLooks.due", { time: formatInstant(look.dueAt, clue.timezone) })}</span>
          ) : null}
        </div>
        {barred === null ? null : <div className="second-barred">{pick(barred)}</div>}
      </div>
      <Link
        className={isMine ? "second-open second-mine" : "second-open"}
        to={`/clues/${clue.id}?from=second-looks`}
        aria-label={`${t(isMine ? "secondLooks.open" : "secondLooks.view")} ${clue.place}`}
      >
        {t(isMine ? "secondLooks.open" : "secondLooks.view")}
      </Link>
    </li>
  );
}
