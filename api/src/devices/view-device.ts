import {
  clockErrorAt,
  metrologyAt,
  recordAt,
  requirementsAt,
  samplesAround,
  suspensionsAt,
  watchedStateAt,
} from "@mingcha/models/device";
import type { ClockSampleView, DeviceAtView, RequirementView } from "@mingcha/models/http";
import type { Profile } from "@mingcha/models/profile";
import type { LoadedDevice } from "./load-device.ts";

type Sample = LoadedDevice["samples"][number];
const viewSample = ({ atMs, offsetMs, uncertaintyMs, method }: Sample): ClockSampleView => ({
  at: new Date(atMs).toISOString(),
  offsetMs,
  uncertaintyMs,
  method,
});
export const viewSamples = (samples: readonly Sample[]): ClockSampleView[] => samples.map(viewSample);

/** A device as it stood at an instant, requirement by requirement. */
export function viewDeviceAt(
  { records, samples, viewMoved }: Pick<LoadedDevice, "records" | "samples" | "viewMoved">,
  sourceKind: string,
  at: Date,
  { maxClockErrorMs, maintenanceEveryDays }: Pick<Profile["review"], "maxClockErrorMs" | "maintenanceEveryDays">,
): DeviceAtView {
  const watch = { samples, clockLimitMs: maxClockErrorMs, maintenanceEveryDays, viewMoved };
  const atMs = at.getTime();
  const { before, after } = samplesAround(samples, atMs);
  const requirements = requirementsAt(records, sourceKind, atMs)?.map((status): RequirementView => {
    const held = recordAt(records, status.kind, atMs)?.row;
    return {
      ...status,
      reference: held?.reference ?? null,
      validTo: held?.validTo?.toISOString() ?? null,
    };
  });
  return {
    state: watchedStateAt(records, sourceKind, atMs, watch),
    suspendedBy: suspensionsAt(records, sourceKind, atMs, watch),
    requirements: requirements ?? null,
    metrology: metrologyAt(records, atMs),
    clock: {
      errorMs: clockErrorAt(samples, atMs),
      limitMs: maxClockErrorMs,
      before: before === undefined ? null : viewSample(before),
      after: after === undefined ? null : viewSample(after),
    },
  };
}
