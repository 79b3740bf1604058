import type { DeviceAtCapture } from "@mingcha/models/clue";
import {
  clockErrorAt,
  clockMethodText,
  clockOffsetText,
  metrologyAt,
  requirementsAt,
  samplesAround,
  suspensionsAt,
  watchedStateAt,
  worstSampleAt,
} from "@mingcha/models/device";
import type { Profile } from "@mingcha/models/profile";
import type { LoadedDevice } from "./load-device.ts";

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
  // between the two ends too: a clock that was set and set back while the act went on was wrong
  const within = samples.map(({ atMs }) => atMs).filter((at) => at > act.from.getTime() && at < act.to.getTime());
  const clockInstants = [...instants, ...within];
  const errors = clockInstants.map((at) => clockErrorAt(samples, at));
  return {
    isNamed: statuses[0] !== undefined,
    state: states.find((state) => state !== "ACTIVE") ?? "ACTIVE",
    lacks: [...new Set(lacks)],
    suspendedBy: reasons.filter(({ zh }, nth) => reasons.findIndex((other) => other.zh === zh) === nth),
    metrologySettled: instants.every((at) => metrologyAt(records, at) !== "unsettled"),
    clockErrorMs: errors.some((error) => error === null) ? null : Math.max(...errors.map((error) => error ?? 0)),
    clockLimitMs: maxClockErrorMs,
    clockSample: worstOf(clockInstants, samples, timezone),
    clockLacks: clockBothSides
      ? (["before", "after"] as const).filter((side) => {
          const around = samplesAround(samples, (side === "before" ? act.from : act.to).getTime());
          return around[side] === undefined;
        })
      : [],
  };
}

/** The comparison with the largest error around an act, by its method, local time and offset. */
function worstOf(
  instants: readonly number[],
  samples: LoadedDevice["samples"],
  timezone: string,
): DeviceAtCapture["clockSample"] {
  const error = ({ offsetMs, uncertaintyMs }: LoadedDevice["samples"][number]) => Math.abs(offsetMs) + uncertaintyMs;
  const [worst] = instants.flatMap((at) => worstSampleAt(samples, at) ?? []).sort((a, b) => error(b) - error(a));
  if (worst === undefined) return null;
  const method = clockMethodText(worst.method);
  const at = localText(new Date(worst.atMs), timezone);
  const offset = clockOffsetText(worst);
  return { zh: `${at} ${method.zh} ${offset}`, en: `${method.en}, ${at}, ${offset}` };
}

/** As in `2026-11-28 21:40:05`. */
const localText = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(at);
