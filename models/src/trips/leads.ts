import type { Duty } from "../people/duties.ts";
import type { Text } from "../violations/define.ts";
import type { Check, Trip, TripRule } from "./trip.ts";

/** Who may do what with trucks, their trips and findings (domain H.1, house choice): as with the register; an officer takes up or discards. */
export const truckDuties = {
  read: ["monitor", "handler", "head", "auditor", "administrator"],
  import: ["handler", "head", "administrator"],
  decide: ["handler", "head"],
} as const satisfies Record<string, readonly Duty[]>;

/**
 * What stands of a finding: a lead for a person. It is no clue of the legal workflow, which stands on pictures of a flag; who takes one up goes
 * on to check on site or at the gate's camera.
 */
export const leadStates = {
  NEW: { zh: "待处理", en: "New" },
  TAKEN_UP: { zh: "已接办", en: "Taken up" },
  DISCARDED: { zh: "已排除", en: "Discarded" },
  /** Nobody decided it, and rows that came later answer it. */
  LAPSED: { zh: "已消除", en: "Answered since" },
} as const satisfies Record<string, Text>;
export type LeadState = keyof typeof leadStates;
export const leadStateCodes = Object.keys(leadStates) as [LeadState, ...LeadState[]];

/** Steps a person may take; rows that come later only ever lapse a new one or bring a lapsed one back. */
export const leadMoves = {
  take_up: { from: ["NEW"], to: "TAKEN_UP", asksReason: false, zh: "接办", en: "Take up" },
  discard: { from: ["NEW", "TAKEN_UP"], to: "DISCARDED", asksReason: true, zh: "排除", en: "Discard" },
  reopen: { from: ["DISCARDED"], to: "NEW", asksReason: true, zh: "恢复待处理", en: "Open again" },
} as const satisfies Record<string, Text & { from: readonly LeadState[]; to: LeadState; asksReason: boolean }>;
export type LeadMove = keyof typeof leadMoves;
export const leadMoveCodes = Object.keys(leadMoves) as [LeadMove, ...LeadMove[]];
export const movesFrom = (state: LeadState): LeadMove[] =>
  leadMoveCodes.filter((code) => (leadMoves[code].from as readonly LeadState[]).includes(state));

/** Why a finding is discarded: a house list. */
export const leadReasons = {
  data_wrong: { zh: "数据有误（号牌、时间、重量等）", en: "The data are wrong (plate, time, weight)" },
  device_fault: { zh: "设备故障或未上传", en: "A device failed or did not send" },
  detour_ordered: { zh: "交警指挥或道路施工绕行", en: "A detour by police order or road works" },
  permit_elsewhere: { zh: "另有许可或已变更，登记未更新", en: "Another permit covers it; the register lags behind" },
  not_muck: { zh: "所载不是建筑垃圾", en: "It carried no construction waste" },
  answered: { zh: "企业说明属实", en: "The carrier's explanation holds" },
  other: { zh: "其他", en: "Other" },
} as const satisfies Record<string, Text>;
export type LeadReason = keyof typeof leadReasons;
export const leadReasonCodes = Object.keys(leadReasons) as [LeadReason, ...LeadReason[]];

export interface FoundLead {
  readonly key: string;
  readonly rule: TripRule;
  readonly trip: Trip;
  readonly check: Check;
}

export const findingsOf = (trips: readonly Trip[]): FoundLead[] =>
  trips.flatMap((trip) =>
    trip.checks
      .filter(({ verdict }) => verdict === "finding")
      .map((check) => ({ key: `${check.rule}|${trip.key}`, rule: check.rule, trip, check })),
  );

export interface KnownLead {
  readonly id: string;
  readonly key: string;
  readonly rule: string;
  readonly plate: string;
  readonly state: LeadState;
  /** Keys of the rows its trip stood on. */
  readonly tripRows: readonly string[];
}
export interface LeadPlan {
  readonly create: FoundLead[];
  /** Found again, maybe under another key: rows that came later may move a trip's beginning. */
  readonly keep: { lead: KnownLead; found: FoundLead; state: LeadState }[];
  readonly lapse: KnownLead[];
  /** Decided by a person and no longer found: the decision stands, and it is said. */
  readonly unfound: KnownLead[];
}

/** What a new comparison does to the leads there were. A person's decision is never changed by it. */
export function planLeads(known: readonly KnownLead[], found: readonly FoundLead[]): LeadPlan {
  const left = new Map([...known].sort((a, b) => (a.key < b.key ? -1 : 1)).map((lead) => [lead.id, lead]));
  const byKey = new Map(known.map((lead) => [lead.key, lead]));
  const plan: LeadPlan = { create: [], keep: [], lapse: [], unfound: [] };
  const take = (one: FoundLead, lead: KnownLead) => {
    left.delete(lead.id);
    plan.keep.push({ lead, found: one, state: lead.state === "LAPSED" ? "NEW" : lead.state });
  };
  const rest = found.filter((one) => {
    const lead = byKey.get(one.key);
    if (lead !== undefined) take(one, lead);
    return lead === undefined;
  });
  for (const one of rest) {
    const rows = new Set(one.trip.rows.map(({ key }) => key));
    const lead = [...left.values()].find(
      ({ rule, plate, tripRows }) =>
        rule === one.rule && plate === one.trip.plate && tripRows.some((key) => rows.has(key)),
    );
    if (lead === undefined) plan.create.push(one);
    else take(one, lead);
  }
  for (const lead of left.values()) {
    if (lead.state === "NEW") plan.lapse.push(lead);
    else if (lead.state !== "LAPSED") plan.unfound.push(lead);
  }
  return plan;
}
