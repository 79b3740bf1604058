import { type DeviceRecordCode, deviceRecordKinds, requiredRecords, suspendingRecords } from "./kinds.ts";

/** A record as rules look at it; those that were withdrawn are not among them. Instants in ms since 1970. */
export type DeviceRecord = {
  readonly kind: DeviceRecordCode;
  readonly fromMs: number;
  /** Up to and not including this instant; null: until further notice. */
  readonly toMs: number | null;
  readonly recordedAtMs: number;
};

/**
 * States of domain H.3, derived from the records at an instant, so that nobody can set one: what was recorded decides. `REVIEWED`: both
 * reviews hold, something else is missing still. `SUSPENDED`: by order, or because something that was complete has lapsed.
 */
export const deviceStates = {
  PLANNED: { zh: "筹备", en: "Planned" },
  REVIEWED: { zh: "已审核，未启用", en: "Reviewed, not in use" },
  ACTIVE: { zh: "在用", en: "Active" },
  SUSPENDED: { zh: "停用", en: "Suspended" },
  RETIRED: { zh: "报废", en: "Retired" },
} as const;
export type DeviceState = keyof typeof deviceStates;

const holds = (record: DeviceRecord, atMs: number): boolean =>
  record.fromMs <= atMs && (record.toMs === null || atMs < record.toMs);

/** The record of a kind that holds at an instant; of several the one that holds longest. */
export function recordAt<R extends DeviceRecord>(
  records: readonly R[],
  kind: DeviceRecordCode,
  atMs: number,
): R | undefined {
  const [longest] = records
    .filter((record) => record.kind === kind && holds(record, atMs))
    .sort((a, b) => (b.toMs ?? Number.POSITIVE_INFINITY) - (a.toMs ?? Number.POSITIVE_INFINITY));
  return longest;
}

/** One requirement at an instant. `recordedLater`: it was entered after that instant, which a reviewer should know. */
export type RequirementStatus = {
  kind: DeviceRecordCode;
  status: "held" | "missing" | "not_yet" | "lapsed";
  recordedLater: boolean;
};

function statusOf(records: readonly DeviceRecord[], kind: DeviceRecordCode, atMs: number): RequirementStatus {
  const held = recordAt(records, kind, atMs);
  if (held !== undefined) return { kind, status: "held", recordedLater: held.recordedAtMs > atMs };
  const own = records.filter((record) => record.kind === kind);
  const status = own.some(({ fromMs }) => fromMs <= atMs) ? "lapsed" : own.length > 0 ? "not_yet" : "missing";
  return { kind, status, recordedLater: false };
}

/** Every requirement of a kind of source at an instant; undefined where the law names no such source as a recording device. */
export function requirementsAt(
  records: readonly DeviceRecord[],
  sourceKind: string,
  atMs: number,
): RequirementStatus[] | undefined {
  return requiredRecords[sourceKind]?.map((kind) => statusOf(records, kind, atMs));
}

/** Metrology at an instant: a certificate in force, or the statement that none is needed; anything else is not settled. */
export function metrologyAt(records: readonly DeviceRecord[], atMs: number): "certified" | "exempt" | "unsettled" {
  if (recordAt(records, "metrology", atMs)) return "certified";
  return recordAt(records, "metrology_exempt", atMs) ? "exempt" : "unsettled";
}

/** Instants at which the state of a device can change. */
const edges = (records: readonly DeviceRecord[]): number[] =>
  records.flatMap(({ fromMs, toMs }) => (toMs === null ? [fromMs] : [fromMs, toMs]));

/** Whether everything asked for holds at an instant, suspension aside. */
function isComplete(records: readonly DeviceRecord[], sourceKind: string, atMs: number): boolean {
  const all = requirementsAt(records, sourceKind, atMs);
  return all?.every(({ status }) => status === "held") === true && metrologyAt(records, atMs) !== "unsettled";
}

/** State of a device at an instant (domain H.3). A later repair does not cure it, a later lapse does not spoil it. */
export function deviceStateAt(records: readonly DeviceRecord[], sourceKind: string, atMs: number): DeviceState {
  if (recordAt(records, "retirement", atMs)) return "RETIRED";
  if (suspendingRecords.some((kind) => recordAt(records, kind, atMs))) return "SUSPENDED";
  if (isComplete(records, sourceKind, atMs)) return "ACTIVE";
  const wasComplete = edges(records).some((edge) => edge < atMs && isComplete(records, sourceKind, edge));
  if (wasComplete) return "SUSPENDED";
  const isReviewed = (["legal_review", "technical_review"] as const).every((kind) => recordAt(records, kind, atMs));
  return isReviewed ? "REVIEWED" : "PLANNED";
}

/** Names of the kinds, for a sentence. */
export function kindNames(kinds: readonly DeviceRecordCode[]): { zh: string; en: string } {
  return {
    zh: kinds.map((kind) => deviceRecordKinds[kind].zh).join("、"),
    en: kinds.map((kind) => deviceRecordKinds[kind].en.toLowerCase()).join(", "),
  };
}
