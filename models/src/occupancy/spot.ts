import { type BoxNorm, boxArea, boxIou, coveredShare, medianBox } from "../geometry/box.ts";
import type { Role } from "../scene/role.ts";
import type { Moment } from "./clock.ts";
import type { Interval } from "./interval.ts";
import { anchorBoxes, confirmHits, confirmLooks, sameSpotAreaRatio, sameSpotInside, sameSpotIou } from "./settings.ts";

/** Something of the right role that touches the zone in one look. */
export type Candidate = { boxNorm: BoxNorm; score: number; label: string; role: Role | null; contactShare: number };

/** One occupied place: not an identity, only "this much of the picture stayed taken". Plain data, so it can be stored between clips. */
export type Spot = {
  anchor: BoxNorm;
  /** The first boxes; the anchor is their median. */
  firstBoxes: BoxNorm[];
  label: string;
  role: Role | null;
  isConfirmed: boolean;
  /** It stood there when the watch began: nobody saw it come. */
  isFirst: boolean;
  /** Hit or miss in the last looks, while not confirmed. */
  recent: boolean[];
  /** Present stretches, parted only where the camera was blind. */
  present: Interval[];
  /** First look after the last hit in which it was missed; null while it is being hit. */
  firstMissMs: number | null;
  /** The latest look in which it was missed since then. */
  lastMissMs: number | null;
  /** Blind time since then, and time in which something stood before it. */
  blindSinceMissMs: number;
  /** Of the time since the last hit, how long something stood before it … */
  hiddenMs: number;
  /** … and of that from the last hit to the first look that had the place in plain view: it may have stood so much longer. */
  hiddenAfterMs: number;
  /** From the last look that had the place in plain view to the first hit, where it was hidden in between: it may have come so much earlier. */
  hiddenBeforeMs: number;
  /** Longest absence bridged by the grace time. */
  bridgedMsMax: number;
  /** How often each score was seen: [score in thousandths, count], sorted; gives the exact median over any length of time. */
  scores: [score1000: number, count: number][];
  hits: number;
  /** From the first to the last sighting that alone reached the rule's minimum score; null while there was none. */
  strong: Interval | null;
  /** Median of the scores, brought up to date at every hit of the first 32 and every 16th later. */
  usualScore: number;
  contactShareMax: number;
  best: { score: number; capturedAtMs: number; boxNorm: BoxNorm };
};

/** How well a box fits a spot, 0 where it is elsewhere. */
export function fitOf(box: BoxNorm, anchor: BoxNorm): number {
  // Most boxes of a look are nowhere near a given spot.
  if (box[0] >= anchor[0] + anchor[2] || anchor[0] >= box[0] + box[2]) return 0;
  const iou = boxIou(box, anchor);
  if (iou >= sameSpotIou) return 1 + iou;
  const inside = Math.max(coveredShare(box, anchor), coveredShare(anchor, box));
  const ratio = boxArea(box) / boxArea(anchor);
  return inside >= sameSpotInside && ratio <= sameSpotAreaRatio && ratio >= 1 / sameSpotAreaRatio ? inside : 0;
}

export const openSpot = (candidate: Candidate, capturedAtMs: number, minScore: number): Spot => ({
  anchor: candidate.boxNorm,
  firstBoxes: [candidate.boxNorm],
  label: candidate.label,
  role: candidate.role,
  isConfirmed: false,
  isFirst: false,
  recent: [true],
  present: [{ fromMs: capturedAtMs, toMs: capturedAtMs }],
  firstMissMs: null,
  lastMissMs: null,
  blindSinceMissMs: 0,
  hiddenMs: 0,
  hiddenAfterMs: 0,
  hiddenBeforeMs: 0,
  bridgedMsMax: 0,
  scores: [[Math.round(candidate.score * 1000), 1]],
  hits: 1,
  strong: candidate.score >= minScore ? { fromMs: capturedAtMs, toMs: capturedAtMs } : null,
  usualScore: candidate.score,
  contactShareMax: candidate.contactShare,
  best: { score: candidate.score, capturedAtMs, boxNorm: candidate.boxNorm },
});

/** Counts a score among those of `scores`, which stay sorted. */
export function countScore({ scores }: Pick<Spot, "scores">, score: number): void {
  const score1000 = Math.round(score * 1000);
  const at = scores.findIndex(([known]) => known >= score1000);
  const found = at < 0 ? undefined : scores[at];
  if (found?.[0] === score1000) found[1]++;
  else scores.splice(at < 0 ? scores.length : at, 0, [score1000, 1]);
}

/** Median over the sightings of a spot, 0..1; the lower of two. */
export function medianScore({ scores, hits }: Pick<Spot, "scores" | "hits">): number {
  const half = (hits + 1) >> 1;
  let passed = 0;
  for (const [score1000, count] of scores) {
    passed += count;
    if (passed >= half) return score1000 / 1000;
  }
  return 0;
}

/** The spot was seen. `resumes` starts a new present stretch: the camera was blind since the last hit. */
export function hitSpot(
  spot: Spot,
  candidate: Candidate,
  capturedAtMs: number,
  {
    resumes,
    anchored,
    minScore,
    lookEveryMs,
  }: { resumes: boolean; anchored: boolean; minScore: number; lookEveryMs: number },
): void {
  // Absent as far as looks prove it: to one look after the last that missed it, not over looks that were lost before it came back, nor while
  // something stood before it.
  if (spot.firstMissMs !== null && spot.lastMissMs !== null && !resumes)
    spot.bridgedMsMax = Math.max(
      spot.bridgedMsMax,
      Math.min(capturedAtMs, spot.lastMissMs + lookEveryMs) - spot.firstMissMs - spot.blindSinceMissMs,
    );
  const last = spot.present.at(-1);
  if (last === undefined || resumes) spot.present.push({ fromMs: capturedAtMs, toMs: capturedAtMs });
  else last.toMs = capturedAtMs;
  spot.firstMissMs = null;
  spot.lastMissMs = null;
  spot.blindSinceMissMs = 0;
  spot.hiddenMs = 0;
  spot.hiddenAfterMs = 0;
  spot.contactShareMax = Math.max(spot.contactShareMax, candidate.contactShare);
  if (candidate.score >= minScore) spot.strong = { fromMs: spot.strong?.fromMs ?? capturedAtMs, toMs: capturedAtMs };
  countScore(spot, candidate.score);
  spot.hits++;
  if (spot.hits <= 32 || spot.hits % 16 === 0) spot.usualScore = medianScore(spot);
  if (candidate.score > spot.best.score)
    spot.best = { score: candidate.score, capturedAtMs, boxNorm: candidate.boxNorm };
  if (!anchored) spot.anchor = candidate.boxNorm;
  else if (spot.firstBoxes.length < anchorBoxes) {
    spot.firstBoxes.push(candidate.boxNorm);
    spot.anchor = medianBox(spot.firstBoxes);
  }
}

/** A thing is there once it was seen often enough in a row of looks. */
export function confirmSpot(spot: Spot): void {
  if (spot.isConfirmed) return;
  spot.recent = [...spot.recent, true].slice(-confirmLooks);
  spot.isConfirmed = spot.recent.filter(Boolean).length >= confirmHits;
}

/** A spot was not seen in a look that was. True while it may still come back: `holdMs` of watched time for a confirmed one. */
export function missSpot(spot: Spot, { atMs, sinceMs, blindMs }: Moment, holdMs: number): boolean {
  if (!spot.isConfirmed) {
    spot.recent = [...spot.recent, false].slice(-confirmLooks);
    return spot.recent.some(Boolean);
  }
  spot.lastMissMs = atMs;
  if (spot.firstMissMs === null) {
    spot.firstMissMs = atMs;
    if (spot.hiddenAfterMs > 0) spot.hiddenAfterMs += sinceMs - blindMs;
    return true;
  }
  spot.blindSinceMissMs += blindMs;
  return atMs - spot.firstMissMs - spot.blindSinceMissMs < holdMs;
}

/**
 * A confirmed spot was not seen in a look, but something stood before it: that proves no absence, up to `mostMs` in all. False where it must
 * count as missed.
 */
export function hideSpot(spot: Spot, { sinceMs, blindMs }: Moment, mostMs: number): boolean {
  const hiddenMs = sinceMs - blindMs;
  if (!spot.isConfirmed || spot.hiddenMs + hiddenMs > mostMs) return false;
  spot.hiddenMs += hiddenMs;
  if (spot.firstMissMs === null) spot.hiddenAfterMs += hiddenMs;
  else spot.blindSinceMissMs += sinceMs;
  return true;
}

/**
 * When it came and when it went, as far as looks tell: the first and last that saw it, and where something stood before it then, the middle of
 * the time it was hidden.
 */
export const cameMs = (spot: Spot): number => startOf(spot) - Math.floor(spot.hiddenBeforeMs / 2);
export const wentMs = (spot: Spot): number => endOf(spot) + Math.floor(spot.hiddenAfterMs / 2);

export const startOf = (spot: Spot): number => spot.present[0]?.fromMs ?? 0;
export const endOf = (spot: Spot): number => spot.present.at(-1)?.toMs ?? 0;
