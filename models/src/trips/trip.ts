import type { DisposalFact, SiteFact, TippingFact } from "../objects/facts.ts";
import type { Text } from "../violations/define.ts";
import type { EventKind, RowOrigin } from "./observations.ts";
import type { Position } from "./route-line.ts";

/** An object of the register in the version that was compared with. */
export type Registered<Fact> = { readonly id: string; readonly version: number; readonly fact: Fact };
export interface TripRegister {
  readonly sites: readonly Registered<SiteFact>[];
  readonly tippings: readonly Registered<TippingFact>[];
  readonly permits: readonly Registered<DisposalFact>[];
  /** Plates of vehicles that are entered and open. */
  readonly plates: ReadonlySet<string>;
}

/** A row that a trip or a finding stands on. */
export interface TripRow {
  readonly key: string;
  readonly kind: EventKind;
  readonly atMs: number;
  readonly text: Text;
  readonly origin: RowOrigin;
}

export const tripRules = {
  NO_EXIT_CHECK: { zh: "未经出口检查", en: "No check at the gate" },
  COVER_FAIL: { zh: "未密闭覆盖", en: "Not covered" },
  WASH_FAIL: { zh: "带泥出场", en: "Left unwashed" },
  OFF_CORRIDOR: { zh: "偏离核准路线", en: "Off the approved route" },
  OUTSIDE_HOURS: { zh: "超出核准时段", en: "Outside the approved hours" },
  NO_TIPPING_ENTRY: { zh: "未到消纳点", en: "Never reached a tipping site" },
  ENTRY_ELSEWHERE: { zh: "进入非核准消纳点", en: "Entered another tipping site" },
  QUANTITY_MISMATCH: { zh: "联单与称重不符", en: "Weights do not agree" },
  UNREGISTERED_VEHICLE: { zh: "未登记车辆出入工地", en: "Unregistered vehicle at a site" },
  PERMIT_NOT_VALID: { zh: "处置许可不在有效期", en: "No permit in force" },
  QUOTA_EXCEEDED: { zh: "超出核准量", en: "Quota exceeded" },
} as const satisfies Record<string, Text>;
export type TripRule = keyof typeof tripRules;
export const tripRuleCodes = Object.keys(tripRules) as [TripRule, ...TripRule[]];

/** What each rule asks about, for where nothing disagrees. */
export const tripQuestions: Readonly<Record<TripRule, Text>> = {
  NO_EXIT_CHECK: { zh: "出口检查", en: "Check at the gate" },
  COVER_FAIL: { zh: "密闭覆盖", en: "Cover" },
  WASH_FAIL: { zh: "车辆冲洗", en: "Washing" },
  OFF_CORRIDOR: { zh: "运输路线", en: "Route" },
  OUTSIDE_HOURS: { zh: "运输时段", en: "Hours" },
  NO_TIPPING_ENTRY: { zh: "到达消纳点", en: "Arrival" },
  ENTRY_ELSEWHERE: { zh: "核准消纳点", en: "Tipping site" },
  QUANTITY_MISMATCH: { zh: "重量", en: "Weight" },
  UNREGISTERED_VEHICLE: { zh: "车辆登记", en: "Vehicle in the register" },
  PERMIT_NOT_VALID: { zh: "许可有效期", en: "Term of the permit" },
  QUOTA_EXCEEDED: { zh: "核准量", en: "Quota" },
};

/**
 * What comparing said. `cannot_say`: something that it takes is missing or within the tolerances; that is never a finding and never a clean
 * bill. `not_asked`: the question does not arise on this trip.
 */
export const verdicts = {
  finding: { zh: "不符", en: "Does not agree" },
  cannot_say: { zh: "无法判断", en: "Cannot be said" },
  fine: { zh: "相符", en: "Agrees" },
  not_asked: { zh: "不适用", en: "Does not apply" },
} as const satisfies Record<string, Text>;
export type Verdict = keyof typeof verdicts;

/** One rule asked of one trip. */
export interface Check {
  readonly rule: TripRule;
  readonly verdict: Verdict;
  /** What was compared with what, and what came of it. */
  readonly text: Text;
  /** In `unit`; null where the rule counts nothing. `margin`: by how much the measure is beyond the threshold, tolerances taken off. */
  readonly measured: number | null;
  readonly threshold: number | null;
  readonly margin: number | null;
  readonly unit: "m" | "min" | "t" | null;
  /** Keys of the rows it stands on. */
  readonly rows: readonly string[];
  /** Where on the map it belongs; null: nowhere more than the trip. */
  readonly at: Position | null;
}

export type DepartureFrom = "gate" | "manifest" | "track";

/** A truck that leaves a site with muck, and what became of it. */
export interface Trip {
  /** Plate, place and instant of its beginning: the same rows give the same key. */
  readonly key: string;
  readonly plate: string;
  readonly site: string | null;
  readonly startMs: number;
  readonly endMs: number;
  /** By what the departure is known; null: only the arrival is. */
  readonly departure: { readonly atMs: number; readonly from: DepartureFrom; readonly isSure: boolean } | null;
  readonly entry: { readonly atMs: number; readonly tipping: string; readonly weightT: number | null } | null;
  readonly manifest: {
    readonly number: string;
    readonly weightT: number | null;
    readonly tipping: string | null;
  } | null;
  /** The permit that it was compared with. */
  readonly permit: { readonly id: string; readonly version: number; readonly reference: string } | null;
  readonly track: { readonly points: number; readonly share: number } | null;
  readonly rows: readonly TripRow[];
  readonly checks: readonly Check[];
}
