import { findViolation, type Text } from "../violations/index.ts";

/**
 * How urgent a record is among those of one due day. The order of a queue is due time first (domain A.5: review within five working days of
 * capture), then this; the law knows no priority of records, so levels and reasons are house rules. `URGENT` is a person's alone and goes
 * before every due time. In the order of the database's enum.
 */
export const priorityLevels = {
  URGENT: { zh: "紧急", en: "Urgent" },
  HIGH: { zh: "优先", en: "First of its day" },
  NORMAL: { zh: "普通", en: "In turn" },
  LOW: { zh: "可缓", en: "Can wait" },
} as const satisfies Record<string, Text>;
export type PriorityLevel = keyof typeof priorityLevels;
export const priorityCodes = Object.keys(priorityLevels) as [PriorityLevel, ...PriorityLevel[]];

/** What of a record decides; facts that stand in its own row or its violation's. */
export interface PriorityFacts {
  readonly violation: string;
  readonly sourceKind: string;
  /** Sent back to be reviewed again. */
  readonly returned: boolean;
}

/** Standing things that narrow a carriageway or footpath; the violations say where. House list. */
const obstructing: readonly string[] = ["ROAD_PILE"];

interface PriorityRow {
  readonly reason: string;
  readonly level: "HIGH" | "NORMAL";
  readonly holds: (facts: PriorityFacts) => boolean;
  readonly zh: string;
  readonly en: string;
}

const motionOf = ({ violation }: PriorityFacts) => findViolation(violation)?.motion;

/** The first row that holds decides. */
export const priorityRows = [
  {
    reason: "returned",
    level: "HIGH",
    holds: ({ returned }) => returned,
    zh: "退回重新审核，期限一直在走",
    en: "sent back to be reviewed again while its time runs on",
  },
  {
    reason: "dumping",
    level: "HIGH",
    holds: (facts) => motionOf(facts) === "dumps",
    zh: "倾倒，危害会扩大",
    en: "dumping: the harm grows",
  },
  {
    reason: "drives_away",
    level: "HIGH",
    holds: (facts) => ["passes", "stops", "picks_up"].includes(motionOf(facts) ?? ""),
    zh: "车辆已驶离，越晚越难查找",
    en: "the vehicle has left: the later, the harder to find",
  },
  {
    reason: "drone",
    level: "HIGH",
    holds: ({ sourceKind }) => sourceKind === "drone",
    zh: "无人机只飞过一次，须到现场核实",
    en: "a drone passed once: officers have to find it still there",
  },
  {
    reason: "obstructs",
    level: "HIGH",
    holds: ({ violation }) => obstructing.includes(violation),
    zh: "占用道路，影响通行安全",
    en: "stands in the way of traffic",
  },
  { reason: "in_turn", level: "NORMAL", holds: () => true, zh: "按期限依次办理", en: "by due time and arrival" },
] as const satisfies readonly PriorityRow[];

/**
 * Why a person puts a record before or behind the others. Instructions, inspections and the press as in the list of priority cases of
 * SEED-Q (domain I.4); the rest is a house list.
 */
export const priorityReasons = {
  instruction: { zh: "领导批示", en: "Instruction of a superior" },
  inspection: { zh: "督察督办", en: "Inspection or supervision" },
  press: { zh: "媒体曝光", en: "Reported in the press" },
  complaint: { zh: "投诉举报", en: "Complaint" },
  safety: { zh: "存在安全隐患", en: "A danger to safety" },
  settled: { zh: "事由已消除", en: "The reason has gone" },
  other: { zh: "其他（须说明）", en: "Other (say what)" },
} as const satisfies Record<string, Text>;
export type PriorityReason = keyof typeof priorityReasons;
export const priorityReasonCodes = Object.keys(priorityReasons) as [PriorityReason, ...PriorityReason[]];

/** Level and reason of a record as its facts have it. */
export function priorityOf(facts: PriorityFacts): { level: PriorityLevel; reason: string } {
  const row = priorityRows.find(({ holds }) => holds(facts));
  return row === undefined ? { level: "NORMAL", reason: "in_turn" } : { level: row.level, reason: row.reason };
}

/** A stored reason in words, whether a person's or the table's. */
export function priorityText(reason: string): Text {
  const row = priorityRows.find((one) => one.reason === reason);
  if (row !== undefined) return { zh: row.zh, en: row.en };
  return Object.hasOwn(priorityReasons, reason)
    ? priorityReasons[reason as PriorityReason]
    : { zh: reason, en: reason };
}

/** What a queue sorts by before the level: the due time, or the beginning of all time for what a person put first. */
export const queueAtOf = (level: PriorityLevel, dueAt: Date): Date => (level === "URGENT" ? new Date(0) : dueAt);

/** Duties that may change a level. A reviewer as such may not order the queue they take from. */
export const priorityDuties = ["head", "monitor"] as const;
