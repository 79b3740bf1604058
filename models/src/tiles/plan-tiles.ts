import type { BoxNorm } from "../geometry/box.ts";
import { boxShareInPolygon, type PolygonNorm } from "../geometry/polygon.ts";

/** One inference of a look: the whole picture, or a part of it at (about) model resolution. */
export type Tile = {
  kind: "whole" | "part";
  /** Whole pixels of the upright picture; even, so that chroma of 4:2:0 is cut where it lies. */
  cropPx: { x: number; y: number; width: number; height: number };
  /** The same in shares of the picture. */
  boxNorm: BoxNorm;
};

export type TilePlan = {
  /** Tiles side by side over the width of the picture. */
  across: number;
  /** Least share of a tile that its neighbour covers too, 0..0.9. 0.2 as in SAHI (arXiv 2202.06934, §3). */
  overlap: number;
  /** The ground: tiles that touch it by less than a hundredth of their area are left out. */
  area?: PolygonNorm;
};

const areaShareMin = 0.01;
/** A row more costs a third more inferences: rows may come this share of a row short of the overlap asked for. */
const rowSlack = 0.05;
const even = (value: number): number => 2 * Math.floor(value / 2);

/** Starts of `count` windows of `size`, the first at 0, the last ending at `length`, evenly between. */
const starts = (length: number, size: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (count === 1 ? 0 : even((i * (length - size)) / (count - 1))));

/**
 * Tiles of a picture: the whole first (large things, and all that stands across tiles), then rows of parts in the shape of the model's input,
 * so that nothing is stretched. Cost of a look = length of the list, in inferences.
 */
export function planTiles(
  picture: { widthPx: number; heightPx: number },
  input: { width: number; height: number },
  { across, overlap, area }: TilePlan,
): Tile[] {
  const { widthPx, heightPx } = picture;
  const tileOf = (kind: Tile["kind"], x: number, y: number, width: number, height: number): Tile => ({
    kind,
    cropPx: { x, y, width, height },
    boxNorm: [x / widthPx, y / heightPx, width / widthPx, height / heightPx],
  });
  const whole = tileOf("whole", 0, 0, widthPx, heightPx);
  const width = Math.min(widthPx, even(widthPx / (across - (across - 1) * overlap)));
  const height = Math.min(heightPx, even((width * input.height) / input.width));
  if (width >= widthPx && height >= heightPx) return [whole];
  const rows =
    height >= heightPx
      ? 1
      : Math.max(2, Math.ceil((heightPx - overlap * height) / (height * (1 - overlap)) - rowSlack));
  const parts = starts(heightPx, height, rows).flatMap((y) =>
    starts(widthPx, width, across).map((x) => tileOf("part", x, y, width, height)),
  );
  return [
    whole,
    ...parts.filter((tile) => area === undefined || boxShareInPolygon(tile.boxNorm, area) >= areaShareMin),
  ];
}
