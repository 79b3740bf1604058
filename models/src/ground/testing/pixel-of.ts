import { type CameraPose, type Lens, rayOf } from "../camera-pose.ts";

/**
 * The pixel of a point of the world, metres north, east and down of the camera: solved from three rays of `rayOf`, so that both ways use one
 * geometry. Null behind the camera.
 */
export function pixelOf(
  pose: Pick<CameraPose, "yawDeg" | "pitchDeg" | "rollDeg">,
  lens: Lens,
  point: readonly [number, number, number],
): [number, number] | null {
  const middle = rayOf(pose, lens, [lens.middleXPx, lens.middleYPx]);
  const right = rayOf(pose, lens, [lens.middleXPx + lens.focalXPx, lens.middleYPx]).map((v, i) => v - (middle[i] ?? 0));
  const below = rayOf(pose, lens, [lens.middleXPx, lens.middleYPx + lens.focalYPx]).map((v, i) => v - (middle[i] ?? 0));
  const along = (axis: readonly number[]): number => axis.reduce((sum, v, i) => sum + v * (point[i] ?? 0), 0);
  const depth = along(middle);
  if (!(depth > 0)) return null;
  return [
    lens.middleXPx + (lens.focalXPx * along(right)) / depth,
    lens.middleYPx + (lens.focalYPx * along(below)) / depth,
  ];
}
