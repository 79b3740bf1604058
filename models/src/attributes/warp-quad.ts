import type { Picture, Point, Quad } from "./picture.ts";

/** Samples per output pixel and direction are as many as input pixels fall on it, but no more than this. */
const samplesMax = 6;

type Projection = (u: number, v: number) => Point;

/**
 * Maps the unit square onto a quad (u to the right, v down). Closed form of Heckbert, "Fundamentals of Texture Mapping and Image
 * Warping", 1989, §2.2.3; undefined where the corners enclose nothing.
 */
export function projectionOnto([a, b, c, d]: Quad): Projection | undefined {
  const [sx, sy] = [a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y];
  const [ux, uy, vx, vy] = [b.x - c.x, b.y - c.y, d.x - c.x, d.y - c.y];
  const determinant = ux * vy - vx * uy;
  const g = (sx * vy - vx * sy) / determinant;
  const h = (ux * sy - sx * uy) / determinant;
  const isFlat = !(Math.abs(determinant) >= 1e-9) || !Number.isFinite(g + h + a.x + a.y);
  if (isFlat) return undefined;
  return (u, v) => {
    const w = g * u + h * v + 1;
    return {
      x: ((b.x - a.x + g * b.x) * u + (d.x - a.x + h * d.x) * v + a.x) / w,
      y: ((b.y - a.y + g * b.y) * u + (d.y - a.y + h * d.y) * v + a.y) / w,
    };
  };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/**
 * The part of a picture inside a quad, pulled straight to `widthPx` × `heightPx` RGB bytes; perspective, bilinear, averaged where many
 * pixels become one. What lies outside the picture has the value `outside`, or that of the picture's nearest pixel (`rim`). Undefined where the
 * corners enclose nothing.
 */
export function warpQuad(
  picture: Picture,
  quad: Quad,
  { widthPx, heightPx, outside = 0 }: { widthPx: number; heightPx: number; outside?: number | "rim" },
): Uint8Array<ArrayBuffer> | undefined {
  const onto = projectionOnto(quad);
  if (onto === undefined) return undefined;
  const [a, b, c, d] = quad;
  const samples = (longest: number, size: number): number =>
    Math.min(samplesMax, Math.max(1, Math.round(longest / size)));
  const across = samples(Math.max(distance(a, b), distance(d, c)), widthPx);
  const down = samples(Math.max(distance(a, d), distance(b, c)), heightPx);
  const out = new Uint8Array(widthPx * heightPx * 3);
  const sum = new Float64Array(3);
  for (let row = 0; row < heightPx; row++)
    for (let column = 0; column < widthPx; column++) {
      sum.fill(0);
      for (let j = 0; j < down; j++)
        for (let i = 0; i < across; i++) {
          const at = onto((column + (i + 0.5) / across) / widthPx, (row + (j + 0.5) / down) / heightPx);
          addSample(picture, at.x - 0.5, at.y - 0.5, outside, sum);
        }
      for (let channel = 0; channel < 3; channel++)
        out[(row * widthPx + column) * 3 + channel] = Math.round((sum[channel] as number) / (across * down));
    }
  return out;
}

/** Adds the bilinear value at a point between pixel centres (whole numbers) to `sum`. */
function addSample(
  { rgb, widthPx, heightPx }: Picture,
  x: number,
  y: number,
  outside: number | "rim",
  sum: Float64Array,
): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  for (let j = 0; j < 2; j++)
    for (let i = 0; i < 2; i++) {
      const weight = (i === 1 ? fx : 1 - fx) * (j === 1 ? fy : 1 - fy);
      if (weight === 0) continue;
      const [px, py] = [left + i, top + j];
      // half a pixel beyond the rim still shows the rim's pixel
      const inside = outside === "rim" || (px >= -1 && py >= -1 && px <= widthPx && py <= heightPx);
      const at = (Math.min(heightPx - 1, Math.max(0, py)) * widthPx + Math.min(widthPx - 1, Math.max(0, px))) * 3;
      for (let channel = 0; channel < 3; channel++)
        sum[channel] = (sum[channel] as number) + weight * (inside ? (rgb[at + channel] as number) : outside);
    }
}
