import { type FieldCandidate, type FieldClip, fieldTargetKinds, targetKey } from "./candidate.ts";
import { type FieldSettings, fieldSettings } from "./settings.ts";
import { type FieldReason, type Weighed, weigh } from "./weigh.ts";

/** `certain`: time, and officer or position, nothing against it, and no rival. It is still a person who links. */
export type Certainty = "certain" | "possible";

export interface FieldMatch {
  readonly key: string;
  readonly candidate: FieldCandidate;
  readonly certainty: Certainty;
  readonly reasons: readonly FieldReason[];
  readonly overlapMs: number;
  readonly distanceM: number | null;
  /** Keys of others that fit as well at the same time. */
  readonly rivals: readonly string[];
}

interface Listed extends Weighed {
  readonly candidate: FieldCandidate;
}

/**
 * What a recording may belong to, best first; empty: it belongs to nothing known. Facts stand side by side and are never averaged: one that
 * contradicts blocks `certain`, and is shown. Two that fit at one time are both `possible`, and the machine chooses neither.
 */
export function matchField(
  clip: FieldClip,
  candidates: readonly FieldCandidate[],
  settings: FieldSettings = fieldSettings,
): FieldMatch[] {
  const listed = candidates
    .map((candidate): Listed => ({ candidate, ...weigh(clip, candidate, settings) }))
    .filter(isListed);
  return listed
    .map((one): FieldMatch => {
      const rivals = listed
        .filter((other) => isRival(one, other, clip.uncertaintyMs))
        .map((other) => targetKey(other.candidate));
      const isSure = one.time === "sure" && (one.isOfficer || one.isNear) && !isContradicted(one);
      return {
        key: targetKey(one.candidate),
        candidate: one.candidate,
        certainty: isSure && rivals.length === 0 ? "certain" : "possible",
        reasons: one.reasons,
        overlapMs: one.overlapMs,
        distanceM: one.distanceM,
        rivals,
      };
    })
    .sort(
      (a, b) =>
        Number(b.certainty === "certain") - Number(a.certainty === "certain") ||
        weightOf(b) - weightOf(a) ||
        b.overlapMs - a.overlapMs ||
        (a.key < b.key ? -1 : 1),
    );
}

const isContradicted = ({ reasons }: Pick<Weighed, "reasons">): boolean =>
  reasons.some(({ says }) => says === "against");

/** Only for the order in which a page shows them. */
const weightOf = ({ reasons }: FieldMatch): number =>
  reasons.reduce((sum, { says }) => sum + (says === "for" ? 1 : says === "against" ? -2 : 0), 0);

/** A time alone is no reason to show something: all over the town work goes on at that time. */
function isListed({ time, isOfficer, isNear, isUploader, candidate }: Listed): boolean {
  if (time === "none") return false;
  switch (fieldTargetKinds[candidate.kind].is) {
    case "place":
      return isNear;
    case "act":
      return isNear && time !== "unknown";
    case "step":
      return isOfficer || isNear || isUploader;
  }
}

/** Another thing of another record that fits without contradiction, while this one was going on. A registered place has no time and rivals nothing. */
function isRival(one: Listed, other: Listed, uncertaintyMs: number): boolean {
  if (fieldTargetKinds[one.candidate.kind].is === "place") return false;
  if (one === other || isContradicted(other) || fieldTargetKinds[other.candidate.kind].is === "place") return false;
  if (one.candidate.clueId !== null && one.candidate.clueId === other.candidate.clueId) return false;
  const [a, b] = [one.candidate.span, other.candidate.span];
  if (a === null || b === null) return true;
  return a.fromMs - uncertaintyMs <= b.toMs && b.fromMs - uncertaintyMs <= a.toMs;
}
