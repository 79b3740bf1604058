/** How one place is watched; everything in milliseconds, scores 0..1. */
export type OccupancySettings = {
  lookEveryMs: number;
  graceMs: number;
  dwellMs: number;
  minScore: number;
  /** Of what stood there when the watch began and has not gone since; left out: `minScore`. Only where things count together. */
  minScoreFromStart?: number;
  /** Each thing must itself stay as long as the dwell (vehicles), or the things of one place together (goods that are moved about). */
  eachMustDwell: boolean;
};

/** IoU from which a box is at the same spot as before: a parked car's box jitters by less, a leaving one is out within two looks. */
export const sameSpotIou = 0.5;
/** A box cut by a passer-by, or grown together with a neighbour, still counts where one box lies this much inside the other … */
export const sameSpotInside = 0.9;
/** … and their areas differ at most by this factor. */
export const sameSpotAreaRatio = 2.5;
/** Boxes that make the anchor: their median. Fixed afterwards, so that the anchor cannot creep along with something slow. */
export const anchorBoxes = 15;
/** A thing is there once it was seen in `confirmHits` of `confirmLooks` looks in a row; then from the first of these. */
export const confirmHits = 2;
export const confirmLooks = 3;
/** Weaker sightings keep a thing alive that stronger ones opened (hysteresis): this share of the rule's minimum score … */
export const keepShareOfMinScore = 0.6;
/** … and this share of the thing's own usual score, so that a phantom left behind does not stretch a strong presence. */
export const keepShareOfOwnScore = 0.4;

/** Of things that count together those carry an act whose usual score is at least this share of the surest one's: a phantom beside it does not. */
export const carryShareOfSurest = 0.5;
/** What is there only before or after all that is sure must itself be as sure as this share of the surest: a puddle stays when goods are taken in. */
export const rimShareOfSurest = 0.65;

/**
 * Over so much unwatched time a vehicle found where one stood is taken to be that one (house choice, as long as a vehicle that stands is
 * expected while it is hidden); after more of it another may have taken the place, and what is seen is an act of its own. Goods and stalls
 * are places, not identities: unwatched time of any length parts nothing there, and is not counted.
 */
export const identityHoldMs = 120_000;

/** Two looks so many planned ones apart are still neighbours: one was lost, or came late. */
export const neighbourLooks = 2.5;
/** Two seen looks so many planned ones apart still count as watching: four in a row may be lost on the way (at 20 % random loss a fifth is in one of 3,000 places). */
const watchedLooks = 5.5;
/** Where the source itself was down, or its view could not be used, no more than this counts as watching: nothing was lost by chance (house choice). */
const outageMs = 30_000;

/**
 * Longest time between two seen looks that still counts as watching, in planned looks; where the source was down in between, or one vehicle
 * must stay itself, no longer than people would take it for that, unless looks are planned farther apart.
 */
export function gapLimitMs(
  { lookEveryMs, eachMustDwell }: Pick<OccupancySettings, "lookEveryMs" | "eachMustDwell">,
  wasDown: boolean,
): number {
  const mostMs = wasDown ? outageMs : eachMustDwell ? identityHoldMs : Number.POSITIVE_INFINITY;
  return Math.max(neighbourLooks * lookEveryMs, Math.min(watchedLooks * lookEveryMs, mostMs));
}

/** Shortest stay that makes a thing of a place more than carried past, where things count together. */
export const settleMs = ({ lookEveryMs, dwellMs }: OccupancySettings): number =>
  Math.min(dwellMs, Math.max(2 * lookEveryMs, 5_000));
