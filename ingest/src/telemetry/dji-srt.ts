import { type Block, readBlock, type SrtFamily } from "./read-block.ts";
import { isNoFix, settleAxes } from "./settle-axes.ts";
import { type Cue, splitCues } from "./split-cues.ts";
import type {
  AxisOrder,
  LocalTime,
  Telemetry,
  TelemetryEntry,
  TelemetryOptions,
  TelemetryRefusal,
} from "./telemetry.ts";

/** Two hours at 60 entries a second are about 130 million characters; real files stay below 40. */
const charactersMax = 64_000_000;
/** A video of a day; a cue beyond it is a broken number. */
const offsetMsMax = 86_400_000;

/**
 * Reads DJI subtitles of every dialect in ingest note §1.1 (A, A′, B, C, C′, D, E, and mixtures). Pure; never throws, never fills in:
 * no date where the file has none, no position without a fix or without a settled order of axes, height above take-off and absolute
 * altitude kept apart. Offsets come from cue times, else from the spacing of the file's own dates.
 */
export function readDjiSrt(content: string, options: TelemetryOptions = {}): Telemetry | TelemetryRefusal {
  if (content.length > charactersMax) return refuse("telemetry_too_large", `${content.length} characters`);
  if (content.includes("\u0000")) return refuse("telemetry_not_text", "the file holds zero bytes");
  const cues = splitCues(content);
  if (cues.length === 0) return refuse("telemetry_empty", "no subtitle block holds any text");
  const read = cues.map((cue) => ({ cue, block: readBlock(cue.text) }));
  const known = read.flatMap(({ cue, block }) => (block ? [{ cue, block }] : []));
  if (known.length === 0) return refuse("telemetry_unknown_dialect", `none of ${cues.length} blocks is known`);

  const axisOrder = settleAxes(
    known.map(({ block }) => block),
    options,
  );
  const counts = { unknown: cues.length - known.length, untimed: 0, backwards: 0, wrongPlace: 0, noFix: 0 };
  const clock = createClock(known);
  const entries: TelemetryEntry[] = [];
  let lastMs = -1;
  for (const { cue, block } of known) {
    const offsetMs = clock(cue, block);
    if (offsetMs === null || offsetMs < 0 || offsetMs > offsetMsMax) counts.untimed++;
    else if (offsetMs <= lastMs) counts.backwards++;
    else {
      lastMs = offsetMs;
      entries.push({ offsetMs, ...placeOf(block, axisOrder, counts), ...restOf(block) });
    }
  }
  if (entries.length === 0) return refuse("telemetry_empty", "no block has a usable time");
  return { kind: "ok", format: `dji-srt/${familiesOf(known)}`, entries, axisOrder, notes: notesOf(counts, axisOrder) };
}

/** Offset of a block: its cue time, or in files without cue times the distance of its date from the first one. */
function createClock(known: readonly { cue: Cue; block: Block }[]): (cue: Cue, block: Block) => number | null {
  if (known.some(({ cue }) => cue.startMs !== null)) return (cue) => cue.startMs;
  const first = known.find(({ block }) => block.localTime !== null)?.block.localTime;
  return (_cue, block) => (first && block.localTime ? asMs(block.localTime) - asMs(first) : null);
}

/** Only for differences within one file: no zone is implied. */
const asMs = (t: LocalTime): number => Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second, t.millisecond);

interface Counts {
  unknown: number;
  untimed: number;
  backwards: number;
  wrongPlace: number;
  noFix: number;
}

function placeOf(
  block: Block,
  order: AxisOrder,
  counts: Counts,
): { longitude: number | null; latitude: number | null } {
  const none = { longitude: null, latitude: null };
  let place = block.named;
  if (!place && block.pair && (order.kind === "lon-lat" || order.kind === "lat-lon")) {
    const [a, b] = block.pair;
    place = order.kind === "lon-lat" ? { longitude: a, latitude: b } : { longitude: b, latitude: a };
  }
  if (!place) return none;
  if (isNoFix([place.longitude, place.latitude])) {
    counts.noFix++;
    return none;
  }
  if (Math.abs(place.latitude) > 90 || Math.abs(place.longitude) > 180) {
    counts.wrongPlace++;
    return none;
  }
  return place;
}

const restOf = ({ heightM, altitudeM, gimbal, localTime }: Block) => ({
  heightM,
  altitudeM,
  gimbalYawDeg: gimbal?.yaw ?? null,
  gimbalPitchDeg: gimbal?.pitch ?? null,
  gimbalRollDeg: gimbal?.roll ?? null,
  localTime,
});

const familiesOf = (known: readonly { block: Block }[]): string =>
  [...new Set<SrtFamily>(known.map(({ block }) => block.family))].join("+");

function notesOf(counts: Counts, order: AxisOrder): string[] {
  const note = (count: number, words: string): string[] => (count > 0 ? [`${count} ${words}`] : []);
  return [
    ...note(counts.unknown, "blocks follow no known dialect"),
    ...note(counts.untimed, "blocks have no usable time"),
    ...note(counts.backwards, "blocks repeat or go back in time"),
    ...note(counts.noFix, "entries without a satellite fix (0,0)"),
    ...note(counts.wrongPlace, "positions are off the globe"),
    ...(order.kind === "open"
      ? [
          `not placed: ${order.first.join(", ")} could be longitude and latitude in either order; this dialect usually writes ${order.usual}`,
        ]
      : []),
  ];
}

const refuse = (code: TelemetryRefusal["code"], detail: string): TelemetryRefusal => ({
  kind: "refused",
  code,
  detail,
});
