import { clockMethodText } from "@mingcha/models/device";
import type { ClockPoint, ClockView } from "@mingcha/models/http";
import { useEffect, useId, useRef, useState } from "react";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { offsetText } from "./clock-list.tsx";
import { ClockMark } from "./clock-mark.tsx";
import { holeMs, holesOf, offsetTicks, placeOf, reachOf, tickText, timeTicks } from "./clock-scale.ts";

const heightPx = 220;
const edge = { left: 52, right: 12, top: 10, bottom: 22 };

/** Offset to Beijing time over days, by method: error bars, the limit, and holes in which nothing was measured. The list below says the same in words. */
export function ClockPlot({ view }: { view: ClockView }) {
  const { t, pick } = useText();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const hatch = useId();
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { points, limitMs, timezone, methods } = view;
  const span = { fromMs: Date.parse(view.from), toMs: Date.parse(view.to) };
  const mostMs = reachOf(points, limitMs);
  const inner = Math.max(0, width - edge.left - edge.right);
  const half = (heightPx - edge.top - edge.bottom) / 2;
  const x = (ms: number) => edge.left + ((ms - span.fromMs) / (span.toMs - span.fromMs)) * inner;
  const y = (ms: number) => edge.top + half - placeOf(ms, limitMs, mostMs) * half;
  const ticks = timeTicks(span, zoneOffsetMs(view.to, timezone), inner);
  const isShort = span.toMs - span.fromMs <= 2 * 86_400_000;
  // many close together would hide one another
  const size = points.length * 3 > inner ? 0.6 : 1;
  const shown = [...new Set(points.map(({ method }) => method))];
  const label = t("clocks.plotLabel", {
    from: formatInstant(view.from, timezone).slice(0, 10),
    to: formatInstant(view.to, timezone).slice(0, 10),
    total: points.length,
    over: points.filter((point) => isOver(point, limitMs)).length,
  });
  return (
    <figure className="clock-plot">
      <div ref={box} style={{ height: heightPx }}>
        {width === 0 ? null : (
          <svg width={width} height={heightPx} role="img" aria-label={label}>
            <defs>
              <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <line className="clock-hatch" x1="0" y1="0" x2="0" y2="6" />
              </pattern>
            </defs>
            <rect
              className="clock-allowed"
              x={edge.left}
              width={inner}
              y={y(limitMs)}
              height={y(-limitMs) - y(limitMs)}
            />
            {methods.length === 0
              ? null
              : holesOf(points, span).map(({ fromMs, toMs }) => (
                  <rect
                    key={fromMs}
                    fill={`url(#${hatch})`}
                    x={x(fromMs)}
                    width={Math.max(0, x(toMs) - x(fromMs))}
                    y={edge.top}
                    height={half * 2}
                  />
                ))}
            {offsetTicks(limitMs, mostMs).map((ms) => (
              <g key={ms} className={Math.abs(ms) === limitMs ? "clock-limit" : "clock-grid"}>
                <line x1={edge.left} x2={edge.left + inner} y1={y(ms)} y2={y(ms)} />
                <text x={edge.left - 6} y={y(ms)} textAnchor="end" dominantBaseline="middle">
                  {tickText(ms)}
                </text>
              </g>
            ))}
            {ticks.map((ms) => (
              <text key={ms} className="clock-day" x={x(ms)} y={heightPx - 6} textAnchor="middle">
                {isShort ? formatInstant(ms, timezone).slice(11, 16) : formatInstant(ms, timezone).slice(5, 10)}
              </text>
            ))}
            {shown.map((method) => (
              <path
                key={method}
                className={`clock-line clock-of-${method}`}
                d={lineOf(
                  points.filter((point) => point.method === method),
                  x,
                  y,
                )}
              />
            ))}
            {points.map((point) => (
              <g key={point.at + point.method} className={classOf(point, limitMs)}>
                <title>{`${formatInstant(point.at, timezone)} ${pick(clockMethodText(point.method))} ${offsetText(point)}`}</title>
                <line
                  x1={x(Date.parse(point.at))}
                  x2={x(Date.parse(point.at))}
                  y1={y(point.offsetMs + point.uncertaintyMs)}
                  y2={y(point.offsetMs - point.uncertaintyMs)}
                />
                <ClockMark method={point.method} x={x(Date.parse(point.at))} y={y(point.offsetMs)} size={size} />
              </g>
            ))}
          </svg>
        )}
      </div>
      <figcaption>
        {shown.map((method) => (
          <span key={method}>
            <svg className={`clock-point clock-of-${method}`} width="12" height="12" aria-hidden="true">
              <ClockMark method={method} x={6} y={6} />
            </svg>{" "}
            {pick(clockMethodText(method))}
          </span>
        ))}
        <span>{t("clocks.limitLegend", { limit: (limitMs / 1_000).toFixed(1) })}</span>
        {methods.length === 0 ? null : <span>{t("clocks.holeLegend", { hours: holeMs / 3_600_000 })}</span>}
      </figcaption>
    </figure>
  );
}

const isOver = ({ offsetMs, uncertaintyMs }: ClockPoint, limitMs: number): boolean =>
  Math.abs(offsetMs) + uncertaintyMs > limitMs;
const classOf = (point: ClockPoint, limitMs: number): string =>
  `clock-point clock-of-${point.method}${isOver(point, limitMs) ? " clock-over" : ""}`;

/** A line through the points of one method, broken where none was measured for long. */
function lineOf(points: readonly ClockPoint[], x: (ms: number) => number, y: (ms: number) => number): string {
  return points
    .map((point, nth) => {
      const at = Date.parse(point.at);
      const before = points[nth - 1];
      const isBroken = before === undefined || at - Date.parse(before.at) > holeMs;
      return `${isBroken ? "M" : "L"}${x(at).toFixed(1)} ${y(point.offsetMs).toFixed(1)}`;
    })
    .join("");
}

/** Local time less UTC, so that days begin at the source's own midnight. */
function zoneOffsetMs(at: string, timezone: string): number {
  const local = Date.parse(`${formatInstant(at, timezone).replace(" ", "T")}Z`);
  return local - Math.floor(Date.parse(at) / 1_000) * 1_000;
}
