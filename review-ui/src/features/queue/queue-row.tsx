import type { ClueItem } from "@mingcha/models/http";
import { memo, useState } from "react";
import { Link } from "react-router";
import { pictureUrl } from "../../api/media.ts";
import { Badge, ClueStateBadge, EvidenceModeBadge } from "../../components/badges.tsx";
import { DwellStrip } from "../../components/dwell-strip.tsx";
import { PriorityBadge, PriorityReason } from "../../components/priority-badge.tsx";
import { formatSpan } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useText } from "../../lib/use-text.ts";

interface QueueRowProps {
  readonly item: ClueItem;
  readonly href: string;
  readonly showState: boolean;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

/** One record: its picture, what and where, how long it stayed, and when it is due. */
export const QueueRow = memo(
  function QueueRow({ item, href, showState, selected, onSelect }: QueueRowProps) {
    const { t, pick, duration } = useText();
    return (
      <li
        id={`clue-${item.id}`}
        className={`queue-row ${selected ? "queue-row-selected" : ""}`}
        aria-current={selected}
      >
        <Link className="queue-thumb" to={href} onClick={onSelect} tabIndex={-1}>
          <Thumbnail pictureId={item.pictureId} alt={pick(item.violationTitle)} />
        </Link>
        <div className="queue-main">
          <div className="queue-heading">
            <Link className="queue-violation" to={href} onClick={onSelect}>
              {pick(item.violationTitle)}
            </Link>
            <PriorityBadge priority={item.priority} />
            {showState ? <ClueStateBadge state={item.state} /> : null}
            <EvidenceModeBadge mode={item.evidenceMode} />
            {item.takenBy ? <Badge tone="warn">{t("queue.takenBy", { name: item.takenBy.name })}</Badge> : null}
            {item.corrected.length > 0 ? (
              <Badge tone="info" title={t("corrections.markHint")}>
                {t("corrections.mark")}
              </Badge>
            ) : null}
            {item.ended ? null : <Badge tone="info">{t("queue.continuing")}</Badge>}
          </div>
          <div className="queue-place">{item.place}</div>
          <div className="queue-meta">
            <span>{item.sourceName}</span>
            <span>{formatSpan(item.from, item.to, item.timezone)}</span>
            <PriorityReason priority={item.priority} />
          </div>
          {item.barred ? <div className="queue-barred">{pick(item.barred)}</div> : null}
        </div>
        <div className="queue-dwell">
          <div className="queue-dwell-text">{t("queue.stayed", { time: duration(item.dwellS) })}</div>
          <DwellStrip from={item.from} to={item.to} timezone={item.timezone} intervals={item.intervals} />
        </div>
        <div className="queue-numbers">
          {item.score === null ? null : (
            <span title={t("queue.scoreHint")}>
              {t("queue.score")} <b>{item.score.toFixed(2)}</b>
            </span>
          )}
          <AgeAndDue item={item} />
        </div>
      </li>
    );
  },
  (a, b) => a.item === b.item && a.selected === b.selected && a.href === b.href && a.showState === b.showState,
);

function AgeAndDue({ item }: { item: ClueItem }) {
  const { t, roughDuration } = useText();
  const now = useNow();
  const leftS = (Date.parse(item.dueAt) - now) / 1000;
  const tone = leftS < 0 ? "bad" : leftS < 86_400 ? "warn" : "plain";
  return (
    <>
      <span>{t("queue.age", { time: roughDuration((now - Date.parse(item.createdAt)) / 1000) })}</span>
      <Badge tone={tone} title={formatSpan(item.dueAt, item.dueAt, item.timezone)}>
        {leftS < 0
          ? t("queue.overdue", { time: roughDuration(-leftS) })
          : t("queue.due", { time: roughDuration(leftS) })}
      </Badge>
    </>
  );
}

function Thumbnail({ pictureId, alt }: { pictureId: string | null; alt: string }) {
  const { t } = useText();
  const [failed, setFailed] = useState(false);
  if (pictureId === null || failed) return <span className="queue-no-picture">{t("queue.noPicture")}</span>;
  return <img src={pictureUrl(pictureId)} alt={alt} loading="lazy" decoding="async" onError={() => setFailed(true)} />;
}
