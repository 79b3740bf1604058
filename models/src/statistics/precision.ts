import type { OutcomeCounts } from "./outcome.ts";
import { makeShare, type Share } from "./share.ts";

/**
 * Precision: accepted ÷ (accepted + rejected + discarded + not found on site + erased). Undecided records are in neither number; those merged
 * into the clue of the same act are left out, because one act is one item however often it was
 * flagged, and so are those handed to another authority, which say nothing of the machine.
 */
export function precisionOf(counts: OutcomeCounts, minTotal: number): Share {
  const { accepted, rejected, discarded, not_found, erased, transferred, undecided, merged } = counts;
  const total = accepted + rejected + discarded + not_found + erased;
  return makeShare({ count: accepted, total, undecided, leftOut: merged + transferred }, minTotal);
}
