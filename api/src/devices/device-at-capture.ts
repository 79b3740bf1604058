import type { DeviceAtCapture } from "@mingcha/models/clue";
import { clockErrorAt, deviceStateAt, metrologyAt, requirementsAt } from "@mingcha/models/device";
import type { LoadedDevice } from "./load-device.ts";

/** The device over a whole act: what failed at its first or at its last instant counts as failed. */
export function deviceAtCapture(
  { records, samples }: Pick<LoadedDevice, "records" | "samples">,
  sourceKind: string,
  act: { from: Date; to: Date },
  clockLimitMs: number,
): DeviceAtCapture {
  const instants = [act.from.getTime(), act.to.getTime()];
  const statuses = instants.map((at) => requirementsAt(records, sourceKind, at));
  const lacks = statuses.flatMap((all) => all?.filter(({ status }) => status !== "held") ?? []).map(({ kind }) => kind);
  const states = instants.map((at) => deviceStateAt(records, sourceKind, at));
  const errors = instants.map((at) => clockErrorAt(samples, at));
  return {
    isNamed: statuses[0] !== undefined,
    state: states.find((state) => state !== "ACTIVE") ?? "ACTIVE",
    lacks: [...new Set(lacks)],
    metrologySettled: instants.every((at) => metrologyAt(records, at) !== "unsettled"),
    clockErrorMs: errors.some((error) => error === null) ? null : Math.max(...errors.map((error) => error ?? 0)),
    clockLimitMs,
  };
}
