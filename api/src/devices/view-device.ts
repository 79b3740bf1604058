import {
  clockDoubtsAt,
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
  act?: { readonly from: Date; readonly to: Date },
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
      notes: clockNotes(samples, act ?? { from: at, to: at }, act !== undefined),
    },
  };
}

/** What a person has to know of the clock beside its error: doubts at both ends of an act, and the side of it nobody compared. */
function clockNotes(samples: readonly Sample[], { from, to }: { from: Date; to: Date }, isPast: boolean) {
  const notes = [from, to].flatMap((at) => clockDoubtsAt(samples, at.getTime()));
  const hasAny = samplesAround(samples, from.getTime());
  if (isPast && hasAny.before === undefined && hasAny.after !== undefined)
    notes.push({ zh: "拍摄之前 24 小时内没有校验", en: "not compared within 24 hours before the capture" });
  if (isPast && hasAny.before !== undefined && samplesAround(samples, to.getTime()).after === undefined)
    notes.push({ zh: "拍摄之后 24 小时内尚无校验", en: "not compared within 24 hours after the capture so far" });
  return notes.filter(({ zh }, nth) => notes.findIndex((note) => note.zh === zh) === nth);
}
