import type { StandingSource } from "@mingcha/models/http";
import { sourceConditions } from "@mingcha/models/monitoring";
import { streamReasons } from "@mingcha/models/streams";
import { memo, useEffect, useRef, useState } from "react";
import { stillUrl } from "../../api/media.ts";
import { Badge } from "../../components/badges.tsx";
import { ConditionMark } from "../../components/condition-mark.tsx";
import { formatClock } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { clockProblem, deviceProblem } from "./source-text.ts";

interface LooksWallProps {
  readonly sources: readonly StandingSource[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

/** Newest look of every source, the worst first. Each is a picture that is recorded as seen, so it is renewed with patience. */
export function LooksWall({ sources, selected, onSelect }: LooksWallProps) {
  const { t } = useText();
  return (
    <ul className="wall" aria-label={t("monitor.wall")}>
      {sources.map((source) => (
        <LookCard key={source.id} source={source} isSelected={source.id === selected} onSelect={onSelect} />
      ))}
    </ul>
  );
}

const LookCard = memo(function LookCard({
  source,
  isSelected,
  onSelect,
}: {
  source: StandingSource;
  isSelected: boolean;
  onSelect: (id: string) => void;
}) {
  const { t, pick, roughDuration } = useText();
  const { standing, name, place } = source;
  const still = useSteady(
    source.lastLook === null ? null : stillUrl(source.lastLook.clipId, source.lastLook.offsetMs, 480),
  );
  const device = deviceProblem(source);
  const clock = clockProblem(source);
  return (
    <li>
      <button
        type="button"
        className={`look ${isSelected ? "look-selected" : ""}`}
        aria-pressed={isSelected}
        onClick={() => onSelect(source.id)}
      >
        <span className="look-picture">
          {still === null ? (
            <em>{t("sources.noLook")}</em>
          ) : (
            <img loading="lazy" decoding="async" src={still} alt={t("monitor.lookOf", { name })} />
          )}
        </span>
        <span className="look-head">
          <ConditionMark condition={standing.condition} />
          <b title={`${name} · ${place}`}>{name}</b>
        </span>
        <span className="look-state">
          {standing.since === null
            ? pick(sourceConditions[standing.condition])
            : t("monitor.since", {
                condition: pick(sourceConditions[standing.condition]),
                time: sinceText(standing.since, source.timezone),
              })}
        </span>
        <span className="look-badges">
          {standing.stream?.reason == null ? null : (
            <Badge tone="bad">{pick(streamReasons[standing.stream.reason])}</Badge>
          )}
          {standing.openClues > 0 ? (
            <Badge tone="info">
              {t("monitor.openClues", { count: standing.openClues >= 100 ? "100+" : String(standing.openClues) })}
            </Badge>
          ) : null}
          {standing.blindTodayS >= 60 ? (
            <Badge tone="warn">{t("monitor.blindToday", { time: roughDuration(standing.blindTodayS) })}</Badge>
          ) : null}
          {clock === null ? null : (
            <Badge tone={clock.key === "over" ? "bad" : "plain"}>
              {t(`monitor.clock.${clock.key}`, { seconds: clock.seconds })}
            </Badge>
          )}
          {device === null ? null : <Badge tone="bad">{pick(device)}</Badge>}
        </span>
      </button>
    </li>
  );
});

/** The time of today, else the day and the time. */
function sinceText(since: string, timezone: string): string {
  const day = (at: string | number) => new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(new Date(at));
  return day(since) === day(Date.now())
    ? formatClock(since, timezone).slice(0, 5)
    : `${day(since)} ${formatClock(since, timezone).slice(0, 5)}`;
}

const patienceMs = 20_000;

/** A picture's address that changes at most every so often, however often a newer one is there. */
function useSteady(address: string | null): string | null {
  const [steady, setSteady] = useState(address);
  const changedMs = useRef(Date.now());
  useEffect(() => {
    if (address === steady) return;
    const waitMs = steady === null ? 0 : Math.max(0, changedMs.current + patienceMs - Date.now());
    const timer = window.setTimeout(() => {
      changedMs.current = Date.now();
      setSteady(address);
    }, waitMs);
    return () => window.clearTimeout(timer);
  }, [address, steady]);
  return steady;
}
