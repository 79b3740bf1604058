import { createGatherer, placeAt } from "./place.ts";
import { type Block, readBlock, type SrtFamily } from "./read-block.ts";
import { settleAxes } from "./settle-axes.ts";
import { type Cue, splitCues } from "./split-cues.ts";
import {
  type AxisOrder,
  type LocalTime,
  offsetMsMax,
  refuseTelemetry,
  type TelemetryEntry,
  type TelemetryOptions,
  type TelemetryResult,
} from "./telemetry.ts";
import { createTally, type Tally, type TelemetryWarning, warn } from "./warnings.ts";

/** Two hours at 60 entries a second are about 130 million characters; real files stay below 40. */
const charactersMax = 64_000_000;

/**
 * Reads DJI subtitles of every dialect in ingest note §1.1 (A, A′, B, C, C′, D, E, and mixtures). Pure; never throws, never fills in:
 * no date where the file has none, no position without a fix or without a settled order of axes, height above take-off and absolute
 * altitude kept apart. Offsets come from cue times, else from the spacing of the file's own dates.
 */
export function readDjiSrt(content: string, options: TelemetryOptions = {}): TelemetryResult {
  if (content.length > charactersMax) return refuseTelemetry("telemetry_too_large", `${content.length} characters`);
  if (content.includes("\u0000")) return refuseTelemetry("telemetry_not_text", "the file holds zero bytes");
  const cues = splitCues(content);
  if (cues.length === 0) return refuseTelemetry("telemetry_empty", "no subtitle block holds any text");
  const read = cues.map((cue) => ({ cue, block: readBlock(cue.text) }));
  const known = read.flatMap(({ cue, block }) => (block ? [{ cue, block }] : []));
  if (known.length === 0) return refuseTelemetry("telemetry_unknown_dialect", `none of ${cues.length} blocks is known`);

  const axisOrder = settleAxes(
    known.map(({ block }) => block),
    options,
  );
  const tally = createTally();
  tally.add("unknown_blocks", cues.length - known.length);
  const clock = createClock(known);
  const { entries, add } = createGatherer(tally);
  for (const { cue, block } of known) {
    const offsetMs = clock(cue, block);
    if (offsetMs === null || offsetMs < 0 || offsetMs > offsetMsMax) tally.add("untimed");
    else add({ offsetMs, ...placeOf(block, axisOrder, tally), ...restOf(block) });
  }
  if (entries.length === 0) return refuseTelemetry("telemetry_empty", "no block has a usable time");
  return {
    kind: "ok",
    format: `dji-srt/${familiesOf(known)}`,
    entries,
    axisOrder,
    isAircraft: true,
    altitudeType: entries.some(({ altitudeM }) => altitudeM !== null) ? altitudeWord(known) : null,
    warnings: [...tally.list(), ...openAxes(axisOrder)],
  };
}

/** Offset of a block: its cue time, or in files without cue times the distance of its date from the first one. */
function createClock(known: readonly { cue: Cue; block: Block }[]): (cue: Cue, block: Block) => number | null {
  if (known.some(({ cue }) => cue.startMs !== null)) return (cue) => cue.startMs;
  const first = known.find(({ block }) => block.localTime !== null)?.block.localTime;
  return (_cue, block) => (first && block.localTime ? asMs(block.localTime) - asMs(first) : null);
}

/** Only for differences within one file: no zone is implied. */
const asMs = (t: LocalTime): number => Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second, t.millisecond);

function placeOf(block: Block, order: AxisOrder, tally: Tally): Pick<TelemetryEntry, "longitude" | "latitude"> {
  if (block.named) return placeAt(block.named.longitude, block.named.latitude, tally);
  if (!block.pair || (order.kind !== "lon-lat" && order.kind !== "lat-lon")) return { longitude: null, latitude: null };
  const [a, b] = block.pair;
  return order.kind === "lon-lat" ? placeAt(a, b, tally) : placeAt(b, a, tally);
}

const restOf = ({ heightM, altitudeM, gimbal, aircraft, focal35Mm, localTime }: Block) => ({
  heightM,
  altitudeM,
  gimbalYawDeg: gimbal?.yaw ?? null,
  gimbalPitchDeg: gimbal?.pitch ?? null,
  gimbalRollDeg: gimbal?.roll ?? null,
  aircraftYawDeg: aircraft?.yaw ?? null,
  aircraftPitchDeg: aircraft?.pitch ?? null,
  aircraftRollDeg: aircraft?.roll ?? null,
  focal35Mm,
  localTime,
});

const familiesOf = (known: readonly { block: Block }[]): string =>
  [...new Set<SrtFamily>(known.map(({ block }) => block.family))].join("+");

const altitudeWord = (known: readonly { block: Block }[]): string =>
  known.some(({ block }) => block.family === "D" || block.family === "E") ? "abs_alt" : "altitude";

const openAxes = (order: AxisOrder): TelemetryWarning[] =>
  order.kind === "open" ? [warn("axis_order_open", 1, `${order.first.join(", ")}; ${order.usual}?`)] : [];
