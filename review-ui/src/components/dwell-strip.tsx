import { type PointerEvent, useState } from "react";
import { type DwellInterval, dwellRange, dwellSegments, instantAt, positionPct } from "../lib/dwell-segments.ts";
import { formatClock, formatInstant } from "../lib/format-time.ts";
import { useText } from "../lib/use-text.ts";
import "./dwell-strip.css";

interface DwellStripProps {
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly intervals: readonly DwellInterval[];
  /** Where the picture or the player stands now. */
  readonly cursorMs?: number | undefined;
  /** Capture times of the pictures, drawn as marks. */
  readonly marks?: readonly number[];
  readonly onSeek?: (instantMs: number) => void;
  readonly size?: "small" | "large";
}

/**
 * How long it stayed, as a strip: present is a full bar, absent a thin line, blind a hatched bar. Height and hatching
 * say the same as the colour. A stretch without an interval stays empty: nothing is known of it.
 */
export function DwellStrip(props: DwellStripProps) {
  const { t } = useText();
  const [hoverMs, setHoverMs] = useState<number | null>(null);
  const range = dwellRange(props.from, props.to, props.intervals);
  const segments = dwellSegments(props.intervals, range);
  const hovered =
    hoverMs === null
      ? undefined
      : props.intervals.find((item) => Date.parse(item.from) <= hoverMs && hoverMs < Date.parse(item.to));
  const instantOf = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return instantAt((event.clientX - box.left) / box.width, range);
  };
  const label = segments
    .map(
      (item) =>
        `${t(`dwell.${item.state}`)} ${formatClock(item.from, props.timezone)}–${formatClock(item.to, props.timezone)}`,
    )
    .join(", ");

  return (
    <div className={`dwell dwell-${props.size ?? "small"} ${props.onSeek ? "dwell-seekable" : ""}`}>
      <div
        className="dwell-track"
        role="img"
        aria-label={label}
        onPointerMove={(event) => setHoverMs(instantOf(event))}
        onPointerLeave={() => setHoverMs(null)}
        onPointerDown={(event) => props.onSeek?.(instantOf(event))}
      >
        {segments.map((item) => (
          <span
            key={`${item.state}${item.from}`}
            className={`dwell-part dwell-${item.state}`}
            style={{ left: `${item.leftPct}%`, width: `${item.widthPct}%` }}
          />
        ))}
        {(props.marks ?? []).map((mark) => (
          <span key={mark} className="dwell-mark" style={{ left: `${positionPct(mark, range)}%` }} />
        ))}
        {props.cursorMs === undefined ? null : (
          <span className="dwell-cursor" style={{ left: `${positionPct(props.cursorMs, range)}%` }} />
        )}
      </div>
      {hoverMs === null ? null : (
        <span className="dwell-tip" style={{ left: `${Math.min(86, Math.max(14, positionPct(hoverMs, range)))}%` }}>
          {formatClock(hoverMs, props.timezone)} · {hovered ? t(`dwell.${hovered.state}`) : t("dwell.unknown")}
          {hovered ? ` ${formatClock(hovered.from, props.timezone)}–${formatClock(hovered.to, props.timezone)}` : ""}
        </span>
      )}
      {props.size === "large" ? (
        <div className="dwell-ends">
          <span>{formatInstant(range.fromMs, props.timezone)}</span>
          <DwellLegend />
          <span>{formatClock(range.toMs, props.timezone)}</span>
        </div>
      ) : null}
    </div>
  );
}

/** What the bars of the strip mean. */
export function DwellLegend() {
  const { t } = useText();
  return (
    <span className="dwell-legend">
      {(["present", "absent", "blind"] as const).map((state) => (
        <span key={state} className="dwell-legend-item">
          <span className="dwell-swatch">
            <span className={`dwell-part dwell-${state}`} />
          </span>
          {t(`dwell.${state}`)}
        </span>
      ))}
    </span>
  );
}
