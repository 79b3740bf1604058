import {
  askOf,
  type CheckAnswer,
  type CheckQuestion,
  type ClueEvent,
  type ClueState,
  type CorrectionBody,
  checklistGaps,
  isAside,
  legalQuestions,
  mayCorrect,
  technicalQuestions,
} from "@mingcha/models/clue";
import type { ClueDetail, ClueEventBody, DissuasionBody } from "@mingcha/models/http";

export type OfferedEvent = ClueDetail["events"][number];
export type ReviewKind = "technical" | "legal" | "merged";
/** What a verdict button means to the keyboard and to the eye. */
export type VerdictRole = "accept" | "reject" | "send_back" | "unsure" | "step";

export interface Answer {
  readonly answer?: CheckAnswer["answer"];
  readonly note?: string;
}
export type Answers = Readonly<Record<string, Answer>>;

const roles: Partial<Record<ClueEvent, VerdictRole>> = {
  plausible: "accept",
  tech_pass: "accept",
  legal_pass: "accept",
  merged_pass: "accept",
  discard: "reject",
  officer_discard: "reject",
  recheck_agree: "accept",
  bring_back: "reject",
  second_agree: "accept",
  second_disagree: "reject",
  tech_fail: "reject",
  legal_fail: "reject",
  legal_send_back: "send_back",
  tech_unsure: "unsure",
  legal_unsure: "unsure",
};

/** What a second look says with an event; undefined for everything else. */
export function saysOf(event: ClueEvent): "agree" | "disagree" | undefined {
  if (event === "recheck_agree" || event === "second_agree") return "agree";
  return event === "bring_back" || event === "second_disagree" ? "disagree" : undefined;
}

export function verdictRole(event: ClueEvent): VerdictRole {
  return roles[event] ?? "step";
}

/** Review that is to be done in a state, or null where no check list belongs to it. */
export function reviewKindOf(state: ClueState, events: readonly OfferedEvent[], merged: boolean): ReviewKind | null {
  if (!events.some((offer) => verdictRole(offer.event) !== "step")) return null;
  if (state === "TECH_REVIEW") return merged && offersMerged(events) ? "merged" : "technical";
  return state === "LEGAL_REVIEW" ? "legal" : null;
}

/** Both lists in one sitting (二审合一) is offered by the server, where the policy of the violation and the person's duties allow it. */
export function offersMerged(events: readonly OfferedEvent[]): boolean {
  return events.some((offer) => offer.event === "merged_pass" && offer.refusals.length === 0);
}

export function questionsOf(kind: ReviewKind | null): readonly CheckQuestion[] {
  if (kind === null) return [];
  if (kind === "technical") return technicalQuestions;
  return kind === "legal" ? legalQuestions : [...technicalQuestions, ...legalQuestions];
}

/**
 * What the server has to say to a question of the check list: doubts about the clock, a side of the act without a comparison; an original that did not
 * agree with its dock's message; footage that came later and does not bear the act out.
 */
export function notesOfQuestion(
  { device, clips, flag }: Pick<ClueDetail, "device" | "clips" | "flag">,
  id: string,
): readonly { zh: string; en: string }[] {
  if (id === "true") return clips.flatMap(({ admitted }) => admitted ?? []);
  if (id === "complete") return flag.unsupported === null ? [] : [flag.unsupported];
  return id === "clock" ? device.atCapture.clock.notes : [];
}

/** Offers to show, those that lead on first. In a merged sitting the merged pass stands for the technical one, and the other way round. */
export function shownEvents(events: readonly OfferedEvent[], kind: ReviewKind | null): OfferedEvent[] {
  const shown = events.filter((offer) => {
    if (kind === "merged") return offer.event !== "tech_pass";
    return kind === "technical" ? offer.event !== "merged_pass" || !offersMerged(events) : true;
  });
  const first = ({ event }: OfferedEvent) => Number(verdictRole(event) === "accept" || leadsOn(event));
  return shown.sort((a, b) => first(b) - first(a));
}

/** Endings from wherever a record stands are kept apart from the steps whose turn it is. */
export function partAsides(offers: readonly OfferedEvent[]): { steps: OfferedEvent[]; asides: OfferedEvent[] } {
  return {
    steps: offers.filter(({ event }) => !isAside(event)),
    asides: offers.filter(({ event }) => isAside(event)),
  };
}

/** Refusals that stand in the way now. The two officers are named only when the event is sent, so G-11 cannot be judged before. */
export function standingRefusals(offer: OfferedEvent): OfferedEvent["refusals"] {
  return needsHandlers(offer.event) ? offer.refusals.filter((refusal) => refusal.guard !== "G-11") : offer.refusals;
}

/** Questions that keep an accept from being sent: open ones and failed ones. */
export function gapsOf(kind: ReviewKind | null, answers: Answers): CheckQuestion[] {
  return kind === null ? [] : checklistGaps(kind, checklistOf(kind, answers));
}

export function needsHandlers(event: ClueEvent): boolean {
  return askOf(event) === "officers";
}

/** Steps towards a case; the others lead aside or end the record. */
export function leadsOn(event: ClueEvent): boolean {
  return event === "file" || staysOpen(event);
}

/** Steps after which there is more for the same person to do. */
const stayingEvents = [
  "ready",
  "ready_verified",
  "confirm_on_site",
  "dispatch",
  "dissuade",
  "dissuade_again",
  "not_corrected",
  "corrected_not_minor",
] as const satisfies readonly ClueEvent[];

/** After these the same person goes on with the same record. */
export function staysOpen(event: ClueEvent): boolean {
  return stayingEvents.some((one) => one === event);
}

/** Steps that correct facts, or ask for it. */
export function takesCorrections(event: ClueEvent): boolean {
  return verdictRole(event) === "accept" ? event !== "plausible" : event === "legal_send_back";
}

/** Pending corrections that a review may not make itself: they stand in the way of its pass. */
export function notOwn(corrections: readonly CorrectionBody[], kind: ReviewKind | null): CorrectionBody[] {
  return kind === null ? [] : corrections.filter(({ field }) => !mayCorrect(kind, field));
}

export interface Verdict {
  readonly event: ClueEvent;
  readonly version: number;
  readonly answers: Answers;
  readonly reasonCode?: string | undefined;
  readonly transferTo?: string | undefined;
  readonly note?: string | undefined;
  readonly handlerIds?: readonly string[] | undefined;
  readonly dissuasion?: DissuasionBody | undefined;
  readonly corrections?: readonly CorrectionBody[] | undefined;
  readonly timeOnItemMs: number;
}

/** The list an event carries: a rejection in a merged sitting is still the technical review's. */
function kindOfEvent(event: ClueEvent): ReviewKind | null {
  if (event === "merged_pass") return "merged";
  if (event.startsWith("tech_")) return "technical";
  return event.startsWith("legal_") ? "legal" : null;
}

/** What is sent for a verdict: the answers of this event's list only, and nothing that is empty. */
export function eventBodyOf(verdict: Verdict): ClueEventBody {
  const note = verdict.note?.trim();
  return {
    event: verdict.event,
    version: verdict.version,
    checklist: checklistOf(kindOfEvent(verdict.event), verdict.answers),
    ...(verdict.reasonCode ? { reasonCode: verdict.reasonCode } : {}),
    ...(note ? { note } : {}),
    ...(verdict.transferTo ? { transferTo: verdict.transferTo } : {}),
    ...(verdict.dissuasion ? { dissuasion: verdict.dissuasion } : {}),
    ...(verdict.corrections?.length && takesCorrections(verdict.event)
      ? { corrections: [...verdict.corrections] }
      : {}),
    ...(verdict.handlerIds ? { handlerIds: [...verdict.handlerIds] } : {}),
    timeOnItemMs: Math.round(verdict.timeOnItemMs),
  };
}

function checklistOf(kind: ReviewKind | null, answers: Answers): CheckAnswer[] {
  return questionsOf(kind).flatMap(({ id }) => {
    const given = answers[id];
    if (given?.answer === undefined) return [];
    const note = given.note?.trim();
    return [{ id, answer: given.answer, ...(note ? { note } : {}) }];
  });
}
