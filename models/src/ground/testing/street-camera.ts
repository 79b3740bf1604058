import type { PointNorm } from "../../geometry/box.ts";
import type { Mark } from "../fit-ground.ts";
import type { PointM } from "../ground-fit.ts";

/** A pinhole camera over flat ground, for tests: the truth everything here is held against. Ground x right, y away from the camera, z up. */
export type StreetCamera = { heightM: number; tiltDeg: number; focalShare: number; aspect: number };

export const usualCamera: StreetCamera = { heightM: 6, tiltDeg: 25, focalShare: 0.87, aspect: 9 / 16 };

/** Picture shares of a point x, y, z metres (z above the ground). */
export function seen({ heightM, tiltDeg, focalShare, aspect }: StreetCamera, [x, y]: PointM, z = 0): PointNorm {
  const tilt = (tiltDeg * Math.PI) / 180;
  const down = heightM - z;
  const depth = y * Math.cos(tilt) + down * Math.sin(tilt);
  const below = down * Math.cos(tilt) - y * Math.sin(tilt);
  return [0.5 + (focalShare * x) / depth, 0.5 + (focalShare * below) / depth / aspect];
}

/** Marks at ground points, each click off by `jitter()` shares of the width. */
export const marksAt = (camera: StreetCamera, points: readonly PointM[], jitter: () => number = () => 0): Mark[] =>
  points.map((m) => {
    const [x, y] = seen(camera, m);
    return { px: [x + jitter(), y + jitter() / camera.aspect], m };
  });

/** A number generator with a seed, 0..1 (mulberry32, Tommy Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
