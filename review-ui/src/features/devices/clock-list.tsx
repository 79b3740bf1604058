import { clockMethodText } from "@mingcha/models/device";
import type { ClockPoint } from "@mingcha/models/http";
import { Badge } from "../../components/badges.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);

/** `+37.000 ± 0.120 s` */
export const offsetText = ({ offsetMs, uncertaintyMs }: Pick<ClockPoint, "offsetMs" | "uncertaintyMs">): string =>
  `${offsetMs > 0 ? "+" : ""}${seconds(offsetMs)} ± ${seconds(uncertaintyMs)} s`;

/** A machine's error that is less is nothing that a person has to know of. */
const toldFromMs = 50;

interface ClockListProps {
  /** Newest first. */
  readonly points: readonly ClockPoint[];
  readonly limitMs: number;
  readonly timezone: string;
}

/** Comparisons in words: when, by what, how far off, and what makes it less sure. */
export function ClockList({ points, limitMs, timezone }: ClockListProps) {
  const { t, pick } = useText();
  return (
    <ul className="device-samples clock-list">
      {points.map((point) => (
        <li key={point.at + point.method}>
          <span>{formatInstant(point.at, timezone)}</span>
          <span className="clock-offset">{offsetText(point)}</span>
          <OverBadge point={point} limitMs={limitMs} />
          <span className="device-small">
            {pick(clockMethodText(point.method))}
            {point.told === null ? "" : ` · ${pick(point.told)}`}
            {point.hostKnown ? "" : ` · ${t("clocks.hostUnknown")}`}
            {point.hostAheadMs === null || Math.abs(point.hostAheadMs) < toldFromMs
              ? ""
              : ` · ${t("clocks.hostCorrected", { value: seconds(point.hostAheadMs) })}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Over the limit by itself, or only with its error counted, as the guard counts it. */
function OverBadge({ point: { offsetMs, uncertaintyMs }, limitMs }: { point: ClockPoint; limitMs: number }) {
  const { t } = useText();
  if (Math.abs(offsetMs) > limitMs) return <Badge tone="bad">{t("clocks.over")}</Badge>;
  return Math.abs(offsetMs) + uncertaintyMs > limitMs ? <Badge tone="warn">{t("clocks.overWithError")}</Badge> : null;
}
