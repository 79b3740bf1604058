import type { DeviceAtCapture } from "@mingcha/models/clue";
import { clockErrorAt, metrologyAt, requirementsAt, suspensionsAt, watchedStateAt } from "@mingcha/models/device";
import type { Profile } from "@mingcha/models/profile";
import type { LoadedDevice } from "./load-device.ts";

/** The device over a whole act: what failed at its first or at its last instant counts as failed. */
export function deviceAtCapture(
  { records, samples, viewMoved }: Pick<LoadedDevice, "records" | "samples" | "viewMoved">,
  sourceKind: string,
  act: { from: Date; to: Date },
  { maxClockErrorMs, maintenanceEveryDays }: Pick<Profile["review"], "maxClockErrorMs" | "maintenanceEveryDays">,
): DeviceAtCapture {
  // the clock has a guard and a sentence of its own (G-04)
  const watch = { samples: [], clockLimitMs: maxClockErrorMs, maintenanceEveryDays, viewMoved };
  const instants = [act.from.getTime(), act.to.getTime()];
  const statuses = instants.map((at) => requirementsAt(records, sourceKind, at));
  const lacks = statuses.flatMap((all) => all?.filter(({ status }) => status !== "held") ?? []).map(({ kind }) => kind);
  const states = instants.map((at) => watchedStateAt(records, sourceKind, at, watch));
  const reasons = instants.flatMap((at) => suspensionsAt(records, sourceKind, at, watch));
  const errors = instants.map((at) => clockErrorAt(samples, at));
  return {
    isNamed: statuses[0] !== undefined,
    state: states.find((state) => state !== "ACTIVE") ?? "ACTIVE",
    lacks: [...new Set(lacks)],
    suspendedBy: reasons.filter(({ zh }, nth) => reasons.findIndex((other) => other.zh === zh) === nth),
    metrologySettled: instants.every((at) => metrologyAt(records, at) !== "unsettled"),
    clockErrorMs: errors.some((error) => error === null) ? null : Math.max(...errors.map((error) => error ?? 0)),
    clockLimitMs: maxClockErrorMs,
  };
}
