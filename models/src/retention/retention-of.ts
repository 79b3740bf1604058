import type { ClueState } from "../clue/states.ts";
import { clueStates } from "../clue/states.ts";
import type { RetentionClass, RetentionSettings } from "./classes.ts";
import type { Hold } from "./holds.ts";

/** A record as far as keeping its imagery goes. A merged one is told with the state of the record it went into. */
export interface RecordFacts {
  readonly id: string;
  readonly state: ClueState;
  /** When it was decided, or last changed after that: never earlier than the decision. */
  readonly changedMs: number;
  readonly secondLookWaiting: boolean;
  readonly knownItem: boolean;
  /** `closedMs` null: not closed. */
  readonly case: { readonly id: string; readonly closedMs: number | null } | null;
}

/** An act that the thing shows. */
export interface ActFacts {
  readonly flagId: string;
  readonly record: RecordFacts | null;
  /** Evidence pictures are still to be cut from the originals. */
  readonly picturesDue: boolean;
  /** End of the longest suppression in force that rests on its rejection. */
  readonly suppressedUntilMs: number | null;
  /** Leads about trucks, new or taken up, that rest on it as a gate pass. */
  readonly leadsOpen: readonly string[];
}

/** Whether rules have seen it. `failed`: they could not, and no person has said yet that it may go. */
export type Looked = "done" | "waiting" | "failed";

/** One clip, or one picture cut of an act: everything that says how long it stays. */
export interface KeptFacts {
  readonly capturedToMs: number;
  readonly receivedMs: number;
  readonly looked: Looked;
  readonly acts: readonly ActFacts[];
  readonly samplesWaiting: readonly string[];
  readonly legalHolds: readonly { readonly id: string; readonly untilMs: number }[];
  /** Only of a clip. */
  readonly field?: FieldFacts;
}

/** A clip as a recording of work (models/field). */
export interface FieldFacts {
  readonly isBodyCamera: boolean;
  /** Records that a person linked it with. */
  readonly linked: readonly RecordFacts[];
  /** Records it may belong to, about which nobody has said anything yet. */
  readonly proposed: readonly RecordFacts[];
}

export interface Retention {
  /** Kept until then; null: for good, or for as long as what holds it. */
  readonly keepUntilMs: number | null;
  /** The class that wins. */
  readonly because: RetentionClass;
  readonly heldBy: readonly Hold[];
}

const dayMs = 86_400_000;

/** What became of a record's imagery class when it ended; null: it is still on its way, or became a case. */
export const classOfState = {
  PRESCREEN: null,
  TECH_REVIEW: null,
  LEGAL_REVIEW: null,
  ADMISSIBLE: null,
  ON_SITE_CHECK: null,
  VERIFIED: null,
  DISSUADED: null,
  CLOSE_PROPOSED: null,
  READY_TO_FILE: null,
  FILED: "case_file",
  DISCARDED: "rejected_record",
  // its root decides; alone it is kept as on its way
  MERGED: null,
  REJECTED: "rejected_record",
  CLOSED_NOT_FOUND: "closed_record",
  CLOSED_NO_PENALTY: "closed_record",
  ERASED: "rejected_record",
  TRANSFERRED: "closed_record",
} as const satisfies Record<ClueState, RetentionClass | null>;

/**
 * How long one clip or picture stays and what holds it: the longest term of all that fits it, and every hold. Free space is no argument: nothing
 * goes earlier because a disk is full.
 */
export function retentionOf(facts: KeptFacts, settings: RetentionSettings, nowMs: number): Retention {
  const terms: Term[] = [
    {
      class: "public_video",
      untilMs: Math.max(facts.capturedToMs, facts.receivedMs) + settings.publicVideoDays * dayMs,
    },
    ...(facts.field?.isBodyCamera === true
      ? [
          {
            class: "body_recording",
            untilMs: Math.max(facts.capturedToMs, facts.receivedMs) + settings.bodyRecordingDays * dayMs,
          } as const,
        ]
      : []),
    ...facts.acts.flatMap(({ record }) => (record === null ? [] : termsOf(record, settings))),
    ...(facts.field?.linked ?? []).flatMap((record) => termsOf(record, settings)),
  ];
  const longest = terms.reduce((best, term) => (isLonger(term, best) ? term : best));
  return { keepUntilMs: longest.untilMs, because: longest.class, heldBy: holdsOf(facts, settings, nowMs) };
}

/** Nothing holds it and its term is over. */
export function isDue({ keepUntilMs, heldBy }: Retention, nowMs: number): boolean {
  return heldBy.length === 0 && keepUntilMs !== null && keepUntilMs <= nowMs;
}

/** Until when the small picture of a closed record stays; its holds are those of the act. */
export function smallPictureRetention(
  act: ActFacts,
  legalHolds: KeptFacts["legalHolds"],
  settings: RetentionSettings,
  nowMs: number,
): Retention {
  const changedMs = act.record?.changedMs ?? nowMs;
  const facts: KeptFacts = {
    capturedToMs: changedMs,
    receivedMs: changedMs,
    looked: "done",
    acts: [act],
    samplesWaiting: [],
    legalHolds,
  };
  return {
    keepUntilMs: changedMs + settings.smallPictureDays * dayMs,
    because: "small_picture",
    heldBy: holdsOf(facts, settings, nowMs),
  };
}

interface Term {
  readonly class: RetentionClass;
  readonly untilMs: number | null;
}

const isLonger = (a: Term, b: Term): boolean => b.untilMs !== null && (a.untilMs === null || a.untilMs > b.untilMs);

function termsOf(record: RecordFacts, settings: RetentionSettings): Term[] {
  if (record.case !== null) return [{ class: "case_file", untilMs: caseUntil(record.case.closedMs, settings) }];
  const code = classOfState[record.state];
  if (code === null) return [];
  if (code === "case_file") return [{ class: code, untilMs: null }];
  const days = code === "rejected_record" ? settings.rejectedImageryDays : settings.closedImageryDays;
  return [{ class: code, untilMs: record.changedMs + days * dayMs }];
}

/** Years of the calendar: a file of ten years closed on a day goes on that day. */
function caseUntil(closedMs: number | null, { caseFileYears }: RetentionSettings): number | null {
  if (closedMs === null || caseFileYears === null) return null;
  const until = new Date(closedMs);
  until.setUTCFullYear(until.getUTCFullYear() + caseFileYears);
  return until.getTime();
}

function holdsOf(facts: KeptFacts, settings: RetentionSettings, nowMs: number): Hold[] {
  // a machine's guess keeps no public-area video for good: whoever wants it kept has this long beyond its own term to say so
  const ownDays = facts.field?.isBodyCamera === true ? settings.bodyRecordingDays : settings.publicVideoDays;
  const proposedUntilMs =
    Math.max(facts.capturedToMs, facts.receivedMs) + (ownDays + settings.fieldProposedDays) * dayMs;
  return [
    ...(facts.looked === "waiting" ? [{ kind: "not_looked_at", of: "" } as const] : []),
    ...(facts.looked === "failed" ? [{ kind: "analysis_failed", of: "" } as const] : []),
    ...facts.acts.flatMap((act) => holdsOfAct(act, nowMs)),
    ...(facts.field?.linked ?? []).flatMap((record) =>
      isOnItsWay(record) ? [{ kind: "field_linked", of: record.id } as const] : [],
    ),
    ...(facts.field?.proposed ?? []).flatMap((record) =>
      proposedUntilMs > nowMs && clueStates[record.state].open
        ? [{ kind: "field_proposed", of: record.id } as const]
        : [],
    ),
    ...facts.samplesWaiting.map((of) => ({ kind: "sample_waiting", of }) as const),
    ...facts.legalHolds.flatMap(({ id, untilMs }) =>
      untilMs > nowMs ? [{ kind: "legal_hold", of: id } as const] : [],
    ),
  ];
}

/** Not decided yet, or a case that is not closed. */
const isOnItsWay = ({ state, case: opened }: RecordFacts): boolean =>
  clueStates[state].open || state === "MERGED" || (opened === null ? state === "FILED" : opened.closedMs === null);

function holdsOfAct({ flagId, record, picturesDue, suppressedUntilMs, leadsOpen }: ActFacts, nowMs: number): Hold[] {
  const holds: Hold[] = [];
  if (record === null) holds.push({ kind: "flag_undecided", of: flagId });
  if (picturesDue) holds.push({ kind: "pictures_due", of: flagId });
  if (suppressedUntilMs !== null && suppressedUntilMs > nowMs) holds.push({ kind: "suppression", of: flagId });
  holds.push(...leadsOpen.map((of) => ({ kind: "truck_lead", of }) as const));
  if (record === null) return holds;
  const { id, state } = record;
  if (clueStates[state].open || state === "MERGED") holds.push({ kind: "record_open", of: id });
  if (record.case !== null && record.case.closedMs === null) holds.push({ kind: "case_open", of: record.case.id });
  if (record.case === null && state === "FILED") holds.push({ kind: "case_open", of: id });
  if (record.secondLookWaiting) holds.push({ kind: "second_look", of: id });
  if (record.knownItem) holds.push({ kind: "known_item", of: id });
  return holds;
}
