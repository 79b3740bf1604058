import { blocksOf } from "./blocks.ts";
import { directions, noEdge } from "./describe-view.ts";

/** How one block of the reference fits the present view. */
export type BlockScore = {
  /** Edge pixels of the reference in the block, and of the present view at the same place. */
  edges: number;
  edgesNow: number;
  /** Likeness −1..1 unmoved (one pixel of play), its best elsewhere in the search window, and where that is, pixels. */
  here: number;
  away: number;
  awayX: number;
  awayY: number;
};

/** Search window, pixels each way: 6 % of the width and 8 % of the height of a 128×72 thumbnail. */
const reachX = 8;
const reachY = 6;
/** A view within this many pixels has not moved: 0.8 % of the width, what wind does to a pole. */
const playPx = 1;

/** cos 2Δ for reference direction × 17 + present direction; the 17th, "no edge", agrees with nothing: 0. */
const agreement = Float32Array.from({ length: directions * (directions + 1) }, (_, i) => {
  const now = i % (directions + 1);
  return now === directions ? 0 : Math.cos((2 * Math.PI * (Math.floor(i / (directions + 1)) - now)) / directions);
});

/**
 * Compares the edge directions of two thumbnails block by block at every shift of the window. Likeness is the mean of cos 2Δ over the
 * reference's edges, no edge counting 0: 1 for the same structure, about 0 for any other.
 */
export function blockScores(reference: Uint8Array, now: Uint8Array, width: number, height: number): BlockScore[] {
  // A margin of "no edge" around the present view spares every look-up a test of bounds.
  const stride = width + 2 * reachX;
  const padded = new Uint8Array(stride * (height + 2 * reachY)).fill(directions);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const edge = now[y * width + x] as number;
      if (edge !== noEdge) padded[(y + reachY) * stride + x + reachX] = edge;
    }
  return blocksOf(width, height).map((pixels) => {
    const edges = pixels.filter((at) => reference[at] !== noEdge);
    const places = Int32Array.from(edges, (at) => Math.floor(at / width) * stride + (at % width));
    const rows = Int32Array.from(edges, (at) => (reference[at] as number) * (directions + 1));
    const edgesNow = pixels.reduce((sum, at) => sum + (now[at] === noEdge ? 0 : 1), 0);
    return { edges: edges.length, edgesNow, ...bestShifts(padded, stride, places, rows) };
  });
}

function bestShifts(padded: Uint8Array, stride: number, places: Int32Array, rows: Int32Array) {
  const best = { here: -1, away: -1, awayX: 0, awayY: 0 };
  if (places.length === 0) return best;
  for (let sy = -reachY; sy <= reachY; sy++)
    for (let sx = -reachX; sx <= reachX; sx++) {
      const offset = (sy + reachY) * stride + sx + reachX;
      let sum = 0;
      for (let i = 0; i < places.length; i++)
        sum += agreement[(rows[i] as number) + (padded[(places[i] as number) + offset] as number)] as number;
      const score = sum / places.length;
      if (Math.max(Math.abs(sx), Math.abs(sy)) <= playPx) best.here = Math.max(best.here, score);
      else if (score > best.away) Object.assign(best, { away: score, awayX: sx, awayY: sy });
    }
  return best;
}
