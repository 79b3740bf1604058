import { type BoxNorm, boxArea, boxIou, coveredShare, intersectionArea, unionBox } from "../geometry/box.ts";
import type { Detection } from "../scene/look.ts";
import type { Tile } from "./plan-tiles.ts";

/** What one tile showed; boxes in shares of the tile. */
export type TileLook = { tile: Tile; detections: readonly Detection[] };

export type MergeSettings = {
  /** Boxes of two tiles that overlap by this much are one thing. */
  sameIou: number;
  /** A box cut by the edge of its tile belongs to one that covers this share of it (intersection over smaller, as SAHI's IOS match). */
  cutShare: number;
  /** A box ends at the edge of its tile when it is nearer than this share of the tile. */
  edgeShare: number;
  /** A thing no larger than this share of a tile, and not cut by it, is judged by the tile alone and not by the whole picture. */
  partShare: number;
};

/** Chosen on 16 city photos of 281 vehicles with two models; each is flat around its value (0.02 of AP50 at most between 0.35 and 1 of `partShare`). */
export const usualMerge: MergeSettings = { sameIou: 0.5, cutShare: 0.6, edgeShare: 0.01, partShare: 0.5 };

/** A detection in shares of the picture; `isCut`: it ends at an edge of its tile where the picture goes on. */
type Placed = Detection & { isCut: boolean; tile: Tile };

function place({ tile, detections }: TileLook, edgeShare: number): Placed[] {
  const [left, top, width, height] = tile.boxNorm;
  const inner = 1e-9;
  return detections.map((detection) => {
    const [x, y, w, h] = detection.boxNorm;
    const isCut =
      (x <= edgeShare && left > inner) ||
      (y <= edgeShare && top > inner) ||
      (x + w >= 1 - edgeShare && left + width < 1 - inner) ||
      (y + h >= 1 - edgeShare && top + height < 1 - inner);
    const boxNorm: BoxNorm = [left + x * width, top + y * height, w * width, h * height];
    return { ...detection, boxNorm, isCut, tile };
  });
}

/** Things of one kind can be one thing. Cars and trucks are one kind: what one tile takes for a van the next takes for a car. */
const kindOf = ({ role, label }: Detection): string =>
  role === "car" || role === "truck" ? "vehicle" : (role ?? `label:${label}`);

const overSmaller = (a: BoxNorm, b: BoxNorm): number =>
  intersectionArea(a, b) / Math.max(Math.min(boxArea(a), boxArea(b)), 1e-12);

/** Pieces of one thing, cut by different tiles, become their common box. Grows until no piece joins; undefined where none does. */
function joinPieces(first: Placed, pieces: Set<Placed>, cutShare: number): Placed | undefined {
  const tiles = new Set([first.tile]);
  let { boxNorm, score } = first;
  for (let grew = true; grew; ) {
    grew = false;
    for (const piece of pieces) {
      if (tiles.has(piece.tile) || overSmaller(piece.boxNorm, boxNorm) < cutShare) continue;
      boxNorm = unionBox([boxNorm, piece.boxNorm]) as BoxNorm;
      score = Math.max(score, piece.score);
      tiles.add(piece.tile);
      pieces.delete(piece);
      grew = true;
    }
  }
  return tiles.size > 1 ? { ...first, boxNorm, score } : undefined;
}

/**
 * Does a part show the whole of what the whole picture showed? Then the part, with more pixels, has the say: the whole picture's boxes of
 * small things are loose, and those no part confirms are mostly wrong.
 */
function isBetterInParts({ tile, boxNorm }: Placed, parts: readonly BoxNorm[], settings: MergeSettings): boolean {
  if (tile.kind !== "whole") return false;
  return parts.some((part) =>
    ([0, 1] as const).every((axis) => {
      const size = part[axis + 2] as number;
      const from = (boxNorm[axis] - part[axis]) / size;
      const length = (boxNorm[axis + 2] as number) / size;
      return from >= settings.edgeShare && from + length <= 1 - settings.edgeShare && length <= settings.partShare;
    }),
  );
}

/**
 * One list of detections out of those of all tiles, boxes in shares of the picture, best score first. Greedy per kind of thing, after GREEDYNMM
 * of SAHI (arXiv 2202.06934), with two differences: boxes are kept, not united, where both are whole (a union of two good boxes is a worse
 * one), and a box that its tile cuts never swallows a whole one.
 * 1. whole boxes: of those that overlap (`sameIou`) the best-scored stays; the whole picture speaks only of what no part shows better;
 * 2. cut boxes covered by a whole one are pieces of it and go; 3. what is left of different tiles and overlaps is joined; a piece left alone
 * goes: with tiles that overlap its thing is whole in a neighbour, or large enough for the whole picture.
 * Boxes of one tile are not compared: the model's own suppression has done that.
 */
export function mergeTiles(looks: readonly TileLook[], settings: MergeSettings = usualMerge): Detection[] {
  const placed = looks.flatMap((look) => place(look, settings.edgeShare)).sort((a, b) => b.score - a.score);
  const parts = looks.flatMap(({ tile }) => (tile.kind === "part" ? [tile.boxNorm] : []));
  const kept: Placed[] = [];
  for (const box of placed.filter((one) => !one.isCut && !isBetterInParts(one, parts, settings))) {
    const isKnown = kept.some(
      (other) =>
        other.tile !== box.tile &&
        kindOf(other) === kindOf(box) &&
        boxIou(other.boxNorm, box.boxNorm) >= settings.sameIou,
    );
    if (!isKnown) kept.push(box);
  }
  const pieces = new Set(
    placed.filter(
      (piece) =>
        piece.isCut &&
        !kept.some(
          (other) =>
            other.tile !== piece.tile &&
            kindOf(other) === kindOf(piece) &&
            coveredShare(piece.boxNorm, other.boxNorm) >= settings.cutShare,
        ),
    ),
  );
  const joined: Placed[] = [];
  for (const piece of pieces) {
    pieces.delete(piece);
    const same = new Set([...pieces].filter((other) => kindOf(other) === kindOf(piece)));
    const all = new Set(same);
    const thing = joinPieces(piece, same, settings.cutShare);
    if (thing !== undefined) joined.push(thing);
    for (const other of all) if (!same.has(other)) pieces.delete(other);
  }
  return [...kept, ...joined]
    .sort((a, b) => b.score - a.score)
    .map(({ isCut: _cut, tile: _tile, ...detection }) => detection);
}
