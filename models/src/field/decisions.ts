import { fieldTargetKindCodes, fieldTargetKinds } from "./candidate.ts";

/** What was said of a recording and one target: rows, append-only; the newest counts. `by`: who may write it. */
export const fieldDecisions = {
  proposed: { zh: "规则提出", en: "Proposed by rule", by: "rule", asksReason: false, takesTarget: true },
  lapsed: { zh: "规则不再提出", en: "No longer proposed by rule", by: "rule", asksReason: false, takesTarget: true },
  confirmed: { zh: "确认关联", en: "Linked", by: "person", asksReason: false, takesTarget: true },
  rejected: { zh: "否定关联", en: "Link rejected", by: "person", asksReason: true, takesTarget: true },
  set: { zh: "人工关联", en: "Linked by hand", by: "person", asksReason: true, takesTarget: true },
  nothing: { zh: "认定无归属", en: "Belongs to nothing", by: "person", asksReason: true, takesTarget: false },
} as const;
export type FieldDecision = keyof typeof fieldDecisions;

export const fieldSteps = ["confirmed", "rejected", "set", "nothing"] as const;
export type FieldStep = (typeof fieldSteps)[number];

/** Only an officer's own recorder is switched on for something: its recordings belong somewhere, or somebody says why not. */
export const stateOf = (folded: FieldState, sourceKind: string): FieldState =>
  folded === "ORPHAN" && sourceKind !== "body" ? "FREE" : folded;

/** A registered place nearby is told; it is no question that waits for an answer. */
const asksPerson = (key: string): boolean =>
  fieldTargetKindCodes.some((code) => key.startsWith(`${code}:`) && fieldTargetKinds[code].is !== "place");

/** Where a recording stands. */
export const fieldStates = {
  PROPOSED: { zh: "待确认", en: "To confirm" },
  MATCHED: { zh: "已关联", en: "Linked" },
  ORPHAN: { zh: "无归属", en: "Belongs to nothing" },
  /** Of a car or a gate, which record whatever passes: nobody is asked where it belongs. */
  FREE: { zh: "不要求归属", en: "Not asked" },
} as const;
export type FieldState = keyof typeof fieldStates;
export const fieldStateCodes = Object.keys(fieldStates) as [FieldState, ...FieldState[]];

export interface DecisionRow {
  /** Order within the recording, growing. */
  readonly ordinal: number;
  readonly decision: FieldDecision;
  /** Null: of the recording itself (`nothing`). */
  readonly targetKey: string | null;
}

export type TargetState = "proposed" | "linked" | "rejected" | "lapsed";

export interface Folded<R extends DecisionRow> {
  readonly state: Exclude<FieldState, "FREE">;
  /** A person said that it belongs to nothing, and nothing new has come since. */
  readonly nothing: R | null;
  /** By target: where it stands, the newest row of the rule and of a person. */
  readonly targets: ReadonlyMap<
    string,
    { readonly state: TargetState; readonly rule: R | null; readonly person: R | null }
  >;
}

/**
 * Where a recording stands after everything said of it. A person outranks the rule, whatever the rule says later. "Belongs to nothing" answers
 * all that was proposed by then; something found afterwards is a new question.
 */
export function foldDecisions<R extends DecisionRow>(rows: readonly R[]): Folded<R> {
  const ordered = [...rows].sort((a, b) => a.ordinal - b.ordinal);
  const lastNothing = ordered.filter(({ decision }) => decision === "nothing").at(-1) ?? null;
  const targets = new Map<string, { state: TargetState; rule: R | null; person: R | null }>();
  for (const key of new Set(ordered.flatMap((row) => row.targetKey ?? []))) {
    const own = ordered.filter((row) => row.targetKey === key);
    const rule = own.filter(({ decision }) => fieldDecisions[decision].by === "rule").at(-1) ?? null;
    const person = own.filter(({ decision }) => fieldDecisions[decision].by === "person").at(-1) ?? null;
    const known = own[0]?.ordinal ?? 0;
    const isAnswered = lastNothing !== null && known < lastNothing.ordinal;
    const isNewer = person !== null && person.ordinal > (lastNothing?.ordinal ?? 0);
    const state: TargetState =
      isAnswered && !isNewer
        ? "rejected"
        : person !== null
          ? person.decision === "rejected"
            ? "rejected"
            : "linked"
          : rule?.decision === "proposed"
            ? "proposed"
            : "lapsed";
    targets.set(key, { state, rule, person });
  }
  const states = [...targets].map(([key, { state }]) => ({ state, asks: asksPerson(key) }));
  const state = states.some((one) => one.state === "linked")
    ? "MATCHED"
    : states.some((one) => one.state === "proposed" && one.asks)
      ? "PROPOSED"
      : "ORPHAN";
  return { state, nothing: state === "ORPHAN" ? lastNothing : null, targets };
}
