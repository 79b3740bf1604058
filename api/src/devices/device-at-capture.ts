import type { DeviceAtCapture } from "@mingcha/models/clue";
import {
  type ClockError,
  clockDenialsAt,
  clockMethodText,
  clockOffsetText,
  metrologyAt,
  requirementsAt,
  samplesAround,
  suspensionsAt,
  watchedStateAt,
  worstErrorAt,
} from "@mingcha/models/device";
import type { Profile } from "@mingcha/models/profile";
import type { LoadedDevice } from "./load-device.ts";

type Sample = LoadedDevice["samples"][number];

/** The device over a whole act: what failed at its first or at its last instant counts as failed. */
export function deviceAtCapture(
  { records, samples, viewMoved }: Pick<LoadedDevice, "records" | "samples" | "viewMoved">,
  sourceKind: string,
  act: { from: Date; to: Date },
  { maxClockErrorMs, maintenanceEveryDays, clockBothSides }: Profile["review"],
  timezone: string,
): DeviceAtCapture {
  // the clock has a guard and a sentence of its own (G-04)
  const watch = { samples: [], clockLimitMs: maxClockErrorMs, maintenanceEveryDays, viewMoved };
  const instants = [act.from.getTime(), act.to.getTime()];
  const statuses = instants.map((at) => requirementsAt(records, sourceKind, at));
  const lacks = statuses.flatMap((all) => all?.filter(({ status }) => status !== "held") ?? []).map(({ kind }) => kind);
  const states = instants.map((at) => watchedStateAt(records, sourceKind, at, watch));
  const reasons = instants.flatMap((at) => suspensionsAt(records, sourceKind, at, watch));
  const clock = clockOverAct(samples, act);
  return {
    isNamed: statuses[0] !== undefined,
    state: states.find((state) => state !== "ACTIVE") ?? "ACTIVE",
    lacks: [...new Set(lacks)],
    suspendedBy: reasons.filter(({ zh }, nth) => reasons.findIndex((other) => other.zh === zh) === nth),
    metrologySettled: instants.every((at) => metrologyAt(records, at) !== "unsettled"),
    clockErrorMs: clock?.errorMs ?? null,
    clockLimitMs: maxClockErrorMs,
    clockSample: clock === null ? null : worstText(clock, timezone),
    clockDenied: deniedBy(clockInstantsOf(samples, act), samples, maxClockErrorMs, timezone),
    clockLacks: clockBothSides
      ? (["before", "after"] as const).filter((side) => {
          const around = samplesAround(samples, (side === "before" ? act.from : act.to).getTime());
          return around[side] === undefined;
        })
      : [],
  };
}

/**
 * Where a clock is judged: both ends of an act; every comparison between them, since one that was set and set back meanwhile was wrong; and the
 * middle between two comparisons, where it may have gone off most.
 */
function clockInstantsOf(samples: readonly Sample[], act: { readonly from: Date; readonly to: Date }): number[] {
  const [fromMs, toMs] = [act.from.getTime(), act.to.getTime()];
  const times = [...new Set(samples.map(({ atMs }) => atMs))].sort((a, b) => a - b);
  const middles = times.slice(1).map((at, nth) => (at + (times[nth] ?? at)) / 2);
  return [fromMs, toMs, ...[...times, ...middles].filter((at) => at > fromMs && at < toMs)];
}

/** The largest error of a clock over an act, with its comparison; null where an instant of it has none in reach. */
export function clockOverAct(
  samples: readonly Sample[],
  act: { readonly from: Date; readonly to: Date },
): ClockError<Sample> | null {
  const errors = clockInstantsOf(samples, act).map((at) => worstErrorAt(samples, at));
  const known = errors.filter((error) => error !== null);
  return known.length < errors.length ? null : (known.sort((a, b) => b.errorMs - a.errorMs)[0] ?? null);
}

/** Drift that is shown: less is no tenth of a second. */
const shownDriftMs = 50;

/** The comparison that a clock is judged by: its method, local time and offset, and what the clock may have gone off since. */
function worstText({ sample, driftMs }: ClockError<Sample>, timezone: string): DeviceAtCapture["clockSample"] {
  const { zh, en } = nameOf(sample, timezone);
  if (driftMs < shownDriftMs) return { zh, en };
  const drift = (driftMs / 1_000).toFixed(3);
  return {
    zh: `${zh}，另计至拍摄时的走时误差 ${drift} s`,
    en: `${en}, and ${drift} s it may have gone off by the capture`,
  };
}

/** The gravest of what speaks against the clock although a surer method finds it right. */
function deniedBy(
  instants: readonly number[],
  samples: readonly Sample[],
  limitMs: number,
  timezone: string,
): DeviceAtCapture["clockDenied"] {
  const [gravest] = instants
    .flatMap((at) => clockDenialsAt(samples, at, limitMs))
    .sort((a, b) => b.leastMs - a.leastMs);
  if (gravest === undefined) return null;
  const [other, counted] = [nameOf(gravest.other, timezone), nameOf(gravest.counted, timezone)];
  return {
    zh: `${other.zh}；而 ${counted.zh}`,
    en: `${other.en}; against ${counted.en}`,
    leastMs: gravest.leastMs,
  };
}

function nameOf(sample: Sample, timezone: string): { zh: string; en: string } {
  const method = clockMethodText(sample.method);
  const at = localText(new Date(sample.atMs), timezone);
  const offset = clockOffsetText(sample);
  return { zh: `${at} ${method.zh} ${offset}`, en: `${method.en}, ${at}, ${offset}` };
}

/** As in `2026-11-28 21:40:05`. */
const localText = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(at);
