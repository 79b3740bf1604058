import { type ClockSample, isMeasuredOver } from "./clock.ts";
import {
  type DeviceRecord,
  type DeviceState,
  deviceStateAt,
  metrologyAt,
  recordAt,
  requirementsAt,
} from "./compliance.ts";
import { deviceRecordKinds, suspendingRecords } from "./kinds.ts";

interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** What the state of a device in use is judged by, besides its records. */
export interface DeviceWatch {
  readonly samples: readonly ClockSample[];
  readonly clockLimitMs: number;
  /** Days after which a test or maintenance is overdue. */
  readonly maintenanceEveryDays: number;
  /** The watch saw the view moved or turned at the instant. */
  readonly viewMoved: boolean;
}

const dayMs = 86_400_000;

/**
 * Why a device is suspended at an instant, every reason of domain H.3: by order; sign missing, publication withdrawn, moved or turned, as
 * recorded by a person; moved or turned, as the watch saw it; something that was valid has lapsed; clock off; maintenance overdue. Empty for
 * a device in use, and for one that never was.
 */
export function suspensionsAt(
  records: readonly DeviceRecord[],
  sourceKind: string,
  atMs: number,
  watch: DeviceWatch,
): Bilingual[] {
  const reasons: Bilingual[] = suspendingRecords.flatMap((kind) =>
    recordAt(records, kind, atMs) ? [deviceRecordKinds[kind]] : [],
  );
  if (watch.viewMoved && !recordAt(records, "view_moved", atMs))
    reasons.push({ zh: "画面显示设备已移位或转向", en: "the picture shows that it was moved or turned" });
  for (const { kind, status } of requirementsAt(records, sourceKind, atMs) ?? []) {
    const { zh, en } = deviceRecordKinds[kind];
    if (status === "lapsed") reasons.push({ zh: `${zh}已过期`, en: `${en.toLowerCase()} lapsed` });
  }
  const certified = records.some(({ kind, fromMs }) => kind === "metrology" && fromMs <= atMs);
  if (certified && metrologyAt(records, atMs) === "unsettled")
    reasons.push({ zh: "计量检定证书已过期", en: "metrology certificate expired" });
  if (isMeasuredOver(watch.samples, atMs, watch.clockLimitMs))
    reasons.push({ zh: "时钟误差超过限值", en: "clock offset over the limit" });
  const testedMs = lastTestMs(records, atMs);
  if (testedMs !== null && atMs - testedMs > watch.maintenanceEveryDays * dayMs)
    reasons.push({ zh: "维护检测逾期", en: "maintenance overdue" });
  return reasons.map(({ zh, en }) => ({ zh, en }));
}

/** State of a device, what only the watch knows included: one that would be in use is suspended for any reason of {@link suspensionsAt}. */
export function watchedStateAt(
  records: readonly DeviceRecord[],
  sourceKind: string,
  atMs: number,
  watch: DeviceWatch,
): DeviceState {
  const state = deviceStateAt(records, sourceKind, atMs);
  return state === "ACTIVE" && suspensionsAt(records, sourceKind, atMs, watch).length > 0 ? "SUSPENDED" : state;
}

/** When a device was last tested: its last maintenance, or the technical review with which it began. */
function lastTestMs(records: readonly DeviceRecord[], atMs: number): number | null {
  const tests = records.filter(
    ({ kind, fromMs }) => (kind === "maintenance" || kind === "technical_review") && fromMs <= atMs,
  );
  return tests.length === 0 ? null : Math.max(...tests.map(({ fromMs }) => fromMs));
}
