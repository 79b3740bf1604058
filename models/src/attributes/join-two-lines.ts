import type { Picture, Point, Quad } from "./picture.ts";
import { projectionOnto, warpQuad } from "./warp-quad.ts";

/**
 * Shares of a two-line plate (440×220 mm, GA 36-2018): the upper line of two characters ends at 75 mm, the lower begins at 90, the upper
 * characters stand between 110 and 330 mm. The reader learns from plates cut by the same numbers (models/training/plates/camera.py).
 */
const upperEnds = 0.38;
const lowerBegins = 0.38;
const upperLeft = 0.2;
const upperRight = 0.8;
/** Width of the upper line in the joined one, as a share of the lower line's. */
const upperWide = 0.4;

/** A quad inside another, given in shares of it. */
function part(onto: (u: number, v: number) => Point, u1: number, v1: number, u2: number, v2: number): Quad {
  return [onto(u1, v1), onto(u2, v1), onto(u2, v2), onto(u1, v2)];
}

/** A plate of two lines as one: the upper line beside the lower one, `widthPx` × `heightPx` RGB bytes. */
export function joinTwoLines(
  picture: Picture,
  plate: Quad,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): Uint8Array<ArrayBuffer> | undefined {
  const onto = projectionOnto(plate);
  if (onto === undefined) return undefined;
  const upperPx = Math.round((widthPx * upperWide) / (1 + upperWide));
  const lowerPx = widthPx - upperPx;
  const upper = warpQuad(picture, part(onto, upperLeft, 0, upperRight, upperEnds), {
    widthPx: upperPx,
    heightPx,
    outside: "rim",
  });
  const lower = warpQuad(picture, part(onto, 0, lowerBegins, 1, 1), { widthPx: lowerPx, heightPx, outside: "rim" });
  if (upper === undefined || lower === undefined) return undefined;
  const out = new Uint8Array(widthPx * heightPx * 3);
  for (let row = 0; row < heightPx; row++) {
    out.set(upper.subarray(row * upperPx * 3, (row + 1) * upperPx * 3), row * widthPx * 3);
    out.set(lower.subarray(row * lowerPx * 3, (row + 1) * lowerPx * 3), (row * widthPx + upperPx) * 3);
  }
  return out;
}
