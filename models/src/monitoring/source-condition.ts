/**
 * What a monitoring centre has to know of a source at a glance, derived from what was recorded, never set. `live`: pictures come and can be
 * judged. `blind`: they come, but show too little. `moved`: the view is no longer the one the zones were drawn on. `silent`: a camera that
 * should send does not. `idle`: a source that only works when somebody takes it out (drone, patrol, body camera, files) is not out.
 * `unseen`: nothing has ever come.
 */
export const sourceConditions = {
  moved: { zh: "视角偏移", en: "View moved" },
  blind: { zh: "看不清", en: "Blind" },
  silent: { zh: "无画面", en: "Silent" },
  live: { zh: "在线", en: "Live" },
  idle: { zh: "未执行任务", en: "Not out" },
  unseen: { zh: "从未有画面", en: "Never seen" },
} as const;
export type SourceCondition = keyof typeof sourceConditions;
/** Worst first: the order of a wall. */
export const sourceConditionCodes = Object.keys(sourceConditions) as [SourceCondition, ...SourceCondition[]];

/** Kinds that stand in the street and are expected to send all the time. */
const standingKinds: readonly string[] = ["fixed", "gate"];

export type Suspension = {
  readonly reason: "view_moved" | "view_blocked" | "low_visibility";
  readonly sinceMs: number;
};

/** Looks a source may miss, clips it may be behind, and the least time that is waited: house rule. */
const missedLooks = 5;
const clipsBehind = 2;
const patienceMsMin = 120_000;

/**
 * How old the newest look of a source may be while it counts as live. Looks arrive clip by clip, so a camera that is cut into long pieces is
 * late by nature.
 */
export const liveWithinMs = (lookEveryS: number, clipDurationMs: number): number =>
  Math.max(patienceMsMin, missedLooks * lookEveryS * 1_000 + clipsBehind * clipDurationMs);

/** The condition of a source now and since when; null where there is no beginning to name. */
export function conditionOf(
  source: {
    readonly kind: string;
    readonly lastLookMs: number | null;
    readonly liveWithinMs: number;
    readonly suspension: Suspension | null;
    /** Of a live source that its machine cannot receive: since when. Known at once, without waiting for looks that do not come. */
    readonly cutOffMs?: number | null;
  },
  nowMs: number,
): { readonly code: SourceCondition; readonly sinceMs: number | null } {
  const { kind, lastLookMs, suspension, cutOffMs = null } = source;
  if (cutOffMs !== null && lastLookMs !== null) return { code: "silent", sinceMs: cutOffMs };
  if (lastLookMs === null) return { code: "unseen", sinceMs: null };
  if (nowMs - lastLookMs > source.liveWithinMs)
    return { code: standingKinds.includes(kind) ? "silent" : "idle", sinceMs: lastLookMs };
  if (suspension === null) return { code: "live", sinceMs: null };
  return { code: suspension.reason === "view_moved" ? "moved" : "blind", sinceMs: suspension.sinceMs };
}

/** A clock compared at an instant: positive offsets run ahead. */
type Sample = { readonly atMs: number; readonly offsetMs: number; readonly uncertaintyMs: number };
export const clockConditionCodes = ["ok", "over", "stale", "none"] as const;
export type ClockCondition = (typeof clockConditionCodes)[number];
/** A comparison older than a day says nothing about now (domain D.4 [P]). */
const clockReachMs = 24 * 3_600_000;

/** A device's clock now, by its newest comparison: `over` the limit with its measuring error, or none within a day. */
export function clockConditionOf(newest: Sample | null, nowMs: number, limitMs: number): ClockCondition {
  if (newest === null) return "none";
  if (nowMs - newest.atMs > clockReachMs) return "stale";
  return Math.abs(newest.offsetMs) + newest.uncertaintyMs > limitMs ? "over" : "ok";
}
