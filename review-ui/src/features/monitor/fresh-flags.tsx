import type { ClueItem } from "@mingcha/models/http";
import { memo, useEffect } from "react";
import { Link } from "react-router";
import { pictureUrl } from "../../api/media.ts";
import { Badge, ClueStateBadge } from "../../components/badges.tsx";
import { ErrorPanel, Nothing, Waiting } from "../../components/page.tsx";
import { useNow } from "../../lib/use-now.ts";
import { useText } from "../../lib/use-text.ts";
import type { FreshFlags } from "./use-fresh-flags.ts";

interface FreshListProps {
  readonly fresh: FreshFlags;
  /** Flags of this source are marked. */
  readonly sourceId: string | null;
  /** Only that source's. */
  readonly isOnly: boolean;
  /** Pressed once it is taken in hand, pressed again it opens. */
  readonly onPick: (id: string) => void;
}

/** Records the list asks for; as many new ones may be more. */
const pageLength = 50;

/** The newest flags. New ones come by themselves; while somebody is at the list they wait above it. */
export function FreshList({ fresh, sourceId, isOnly, onPick }: FreshListProps) {
  const { t } = useText();
  const { query, items, waiting } = fresh;
  const shown = isOnly ? items.filter(({ item }) => item.sourceId === sourceId) : items;
  const selectedId = fresh.selected?.id ?? null;
  useEffect(() => {
    if (selectedId !== null) document.getElementById(`fresh-${selectedId}`)?.scrollIntoView({ block: "nearest" });
  }, [selectedId]);
  return (
    <div className="fresh" onPointerEnter={() => fresh.hold(true)} onPointerLeave={() => fresh.hold(false)}>
      <div className="fresh-new" aria-live="polite">
        {waiting > 0 ? (
          <button type="button" onClick={fresh.bringIn}>
            {t("monitor.waiting", { count: waiting >= pageLength ? `${pageLength}+` : String(waiting) })} <kbd>N</kbd>
          </button>
        ) : null}
      </div>
      {query.isError ? <ErrorPanel error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Waiting /> : null}
      {query.isSuccess && shown.length === 0 ? <Nothing>{t("monitor.noFlags")}</Nothing> : null}
      <ul aria-label={t("monitor.fresh")}>
        {shown.map(({ item, isDecided }) => (
          <FreshRow
            key={item.id}
            item={item}
            isDecided={isDecided}
            isSelected={item.id === selectedId}
            isOfSource={item.sourceId === sourceId}
            onPick={onPick}
          />
        ))}
      </ul>
    </div>
  );
}

interface FreshRowProps {
  readonly item: ClueItem;
  readonly isDecided: boolean;
  readonly isSelected: boolean;
  readonly isOfSource: boolean;
  readonly onPick: (id: string) => void;
}

const FreshRow = memo(function FreshRow({ item, isDecided, isSelected, isOfSource, onPick }: FreshRowProps) {
  const { t, pick } = useText();
  const classes = [
    "flag-row",
    isSelected && "flag-selected",
    isOfSource && "flag-of-source",
    isDecided && "flag-decided",
  ];
  return (
    <li id={`fresh-${item.id}`} className={classes.filter(Boolean).join(" ")} aria-current={isSelected}>
      <button type="button" className="flag-pick" onClick={() => onPick(item.id)}>
        <span className="flag-thumb">
          {item.pictureId === null ? (
            <em>{t("queue.noPicture")}</em>
          ) : (
            <img src={pictureUrl(item.pictureId)} alt="" loading="lazy" decoding="async" />
          )}
        </span>
        <span className="flag-text">
          <b>{pick(item.violationTitle)}</b>
          <span>{item.place}</span>
          <span className="flag-meta">
            <Age at={item.createdAt} /> · {item.sourceName}
          </span>
        </span>
      </button>
      <span className="flag-side">
        {isDecided ? <Badge>{t("monitor.decided")}</Badge> : <ClueStateBadge state={item.state} />}
        {item.takenBy === null ? null : <Badge tone="warn">{t("queue.takenBy", { name: item.takenBy.name })}</Badge>}
        <Link to={`/clues/${item.id}`}>{t("monitor.open")}</Link>
      </span>
    </li>
  );
});

export function Age({ at }: { at: string }) {
  const { t, roughDuration } = useText();
  const seconds = Math.max(0, (useNow() - Date.parse(at)) / 1_000);
  return (
    <time dateTime={at}>{seconds < 60 ? t("monitor.justNow") : t("queue.age", { time: roughDuration(seconds) })}</time>
  );
}
