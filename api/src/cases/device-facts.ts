import { clockMethodText, deviceStates, metrologyAt, recordAt, watchedStateAt } from "@mingcha/models/device";
import type { CaseFacts } from "@mingcha/models/documents";
import { localDay, type Profile } from "@mingcha/models/profile";
import { clockOverAct } from "../devices/device-at-capture.ts";
import type { LoadedDevice } from "../devices/load-device.ts";

/** The device and its clock as of the capture, for the review forms: what the register does not say stays null and prints as a blank. */
export function deviceFacts(
  { records, samples, viewMoved }: Pick<LoadedDevice, "records" | "samples" | "viewMoved">,
  source: { name: string; deviceId: string | null; kind: string; kindTitle: string; timezone: string },
  act: { readonly from: Date; readonly to: Date },
  {
    maxClockErrorMs: clockLimitMs,
    maintenanceEveryDays,
  }: Pick<Profile["review"], "maxClockErrorMs" | "maintenanceEveryDays">,
): Pick<CaseFacts, "device" | "clock"> {
  const watch = { samples, clockLimitMs, maintenanceEveryDays, viewMoved };
  const atMs = act.from.getTime();
  const held = (kind: Parameters<typeof recordAt>[1]) => recordAt(records, kind, atMs)?.row;
  const day = (at: Date | null | undefined): string | null => (at ? localDay(at, source.timezone) : null);
  // what the guard judged by, not what lay nearest
  const judged = clockOverAct(samples, act);
  const metrology = metrologyAt(records, atMs);
  const [maintained] = records
    .filter(({ kind, fromMs }) => kind === "maintenance" && fromMs <= atMs)
    .sort((a, b) => b.fromMs - a.fromMs);
  return {
    device: {
      name: source.name,
      id: source.deviceId,
      kind: source.kindTitle,
      stateAtCapture: deviceStates[watchedStateAt(records, source.kind, atMs, watch)].zh,
      legalReviewNo: held("legal_review")?.reference ?? null,
      legalReviewedOn: day(held("legal_review")?.validFrom),
      technicalReviewNo: held("technical_review")?.reference ?? null,
      technicalReviewedOn: day(held("technical_review")?.validFrom),
      standards: held("standard")?.reference ?? null,
      signPostedOn: day((held("sign") ?? held("vehicle_mark"))?.validFrom),
      publishedWhere: (held("publication") ?? held("area_publication"))?.reference ?? null,
      publishedOn: day((held("publication") ?? held("area_publication"))?.validFrom),
      metrologyRequired: metrology === "unsettled" ? null : metrology === "certified",
      metrologyCertificateNo: held("metrology")?.reference ?? null,
      metrologyValidTo: day(held("metrology")?.validTo),
      maintainedOn: day(maintained?.row.validFrom),
    },
    clock:
      judged === null
        ? { offsetMs: null, uncertaintyMs: null, errorMs: null, limitMs: clockLimitMs, measuredAt: null, method: null }
        : {
            offsetMs: judged.sample.offsetMs,
            uncertaintyMs: judged.sample.uncertaintyMs,
            errorMs: judged.errorMs,
            limitMs: clockLimitMs,
            measuredAt: new Date(judged.sample.atMs).toISOString(),
            method: judged.sample.method === "manual" ? "人工比对北京时间" : clockMethodText(judged.sample.method).zh,
          },
  };
}
