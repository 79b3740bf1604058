import { median } from "../geometry/box.ts";
import { type BlockScore, blockScores } from "./block-scores.ts";
import { blocksAcross, blocksDown } from "./blocks.ts";
import { readEdges, type ViewSignature } from "./describe-view.ts";

export type ViewComparison = {
  /** How far the picture's content has gone, shares of its width and height, right and down positive; 0 unless moved. Blocks' median. */
  shiftXShare: number;
  shiftYShare: number;
  /** Share of the blocks with structure that are where they were, 0..1. */
  likeness: number;
  verdict: "same" | "moved" | "blocked" | "unsure";
};

/** Fewer edge pixels than this in a block of 192 say nothing. */
const edgesMin = 20;
/** Fewer blocks with structure than this of 48 cannot carry a verdict: a bare yard in fog. */
const blocksMin = 10;
/** Likeness from which a block shows the same thing; any other thing gives 0.1 ± 0.05 at its best of 221 shifts. */
const alike = 0.22;
/** A block has gone where it fits this much better than here. */
const betterBy = 0.12;
/** Below this share of the reference's edges a block is blank: dark, fogged in or covered. */
const blankShare = 0.35;

type BlockState = "none" | "stays" | "gone" | "blank" | "other";

function stateOf({ edges, edgesNow, here, away }: BlockScore): BlockState {
  if (edges < edgesMin) return "none";
  if (away >= alike + 0.08 && away - here > betterBy) return "gone";
  if (here >= alike && here >= away - 0.05) return "stays";
  return edgesNow < blankShare * edges ? "blank" : "other";
}

/** Share of neighbouring gone blocks that went the same way, two pixels of play: 0.1 by chance, most of them where a camera turned. */
function coherence(scores: readonly BlockScore[], states: readonly BlockState[]): number {
  let [pairs, agreeing] = [0, 0];
  states.forEach((state, i) => {
    const next = (i + 1) % blocksAcross > 0 ? [i + 1] : [];
    for (const j of [...next, i + blocksAcross].filter((k) => k < blocksAcross * blocksDown)) {
      if (state !== "gone" || states[j] !== "gone") continue;
      const [a, b] = [scores[i] as BlockScore, scores[j] as BlockScore];
      pairs++;
      if (Math.abs(a.awayX - b.awayX) <= 2 && Math.abs(a.awayY - b.awayY) <= 2) agreeing++;
    }
  });
  return pairs >= 3 ? agreeing / pairs : 0;
}

/** What the blocks say together. Thresholds were set on the pairs of `view-report` with other seeds, see the README of this folder. */
function judge(
  share: Record<BlockState, number>,
  together: number,
  reference: ViewSignature,
  now: ViewSignature,
): ViewComparison["verdict"] {
  const { stays, gone, blank, other } = share;
  // Nothing anywhere, not only where the lamps do not reach.
  if (blank >= 0.5 && stays <= 0.1 && now.steepness < 0.3 * reference.steepness) return "blocked";
  // The same light falls on less detail: spray, frost, a lens out of focus.
  if (now.detail < 0.4 * reference.detail && stays <= 0.35) return "blocked";
  if (stays >= 0.25 && stays >= 1.3 * gone) return "same";
  if (gone >= 0.3 && gone >= 1.5 * stays && together >= 0.4) return "moved";
  // Another view altogether; only where there is light and structure to say so.
  if (stays <= 0.12 && gone + other >= 0.6 && now.steepness >= 6 && now.lightness >= 0.1) return "moved";
  return "unsure";
}

/**
 * Is this still the view the zones were drawn on? Blocks vote, each by the directions of its edges, so light, night, rain and what
 * passes or parks in up to two fifths of the picture do not decide. "moved": nudged by 2 % of the picture or more, turned, rolled,
 * zoomed. "blocked": covered, sprayed, out of focus. "unsure": too little to see; never evidence of either.
 * Orientation correlation per block: Fitch et al., BMVC 2002; block votes as in block matching with occlusion. About 4 ms.
 */
export function compareViews(reference: ViewSignature, now: ViewSignature): ViewComparison {
  const { width, height } = reference;
  if (now.width !== width || now.height !== height) throw new Error("views of different sizes cannot be compared");
  const scores = blockScores(readEdges(reference), readEdges(now), width, height);
  const states = scores.map(stateOf);
  const told = states.filter((state) => state !== "none").length;
  const shareOf = (state: BlockState): number => states.filter((s) => s === state).length / Math.max(1, told);
  const share = {
    none: 0,
    stays: shareOf("stays"),
    gone: shareOf("gone"),
    blank: shareOf("blank"),
    other: shareOf("other"),
  };
  const verdict = told < blocksMin ? "unsure" : judge(share, coherence(scores, states), reference, now);
  const gone = scores.filter((_, i) => states[i] === "gone");
  const isShifted = verdict === "moved" && gone.length > 0;
  return {
    shiftXShare: isShifted ? median(gone.map(({ awayX }) => awayX)) / width : 0,
    shiftYShare: isShifted ? median(gone.map(({ awayY }) => awayY)) / height : 0,
    likeness: share.stays,
    verdict,
  };
}
