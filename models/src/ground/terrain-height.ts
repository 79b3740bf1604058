import { type CameraPose, type Lens, movedBy, rayOf } from "./camera-pose.ts";
import type { Elevation } from "./elevation-grid.ts";

/** Metres between two looks at the ground along the way of a ray, at most; and at least, so that a ray never costs more than 4,000 looks. */
const stepMaxM = 10;
const stepMinM = 0.5;
/** As far as a picture says anything of places: beyond it the first crossing is not looked for. */
const reachM = 2_000;
const bisections = 20;

/**
 * Half a cell: whatever is as wide as one, a dyke or a terrace, is looked at twice at least on the way over it, and between two looks the ground
 * is that between the middles of cells.
 */
const stepOver = ({ cellM }: Elevation): number => Math.min(stepMaxM, Math.max(stepMinM, cellM / 2));

/**
 * Height of the camera above the ground *that a pixel shows*: its ray is followed down until it first meets the elevations. Flat ground of this
 * height gives the pixel's place. Null where the ray leaves the known ground before it meets it, or the ground below the camera is not known.
 */
export function heightOverTerrain(
  pose: CameraPose,
  lens: Lens,
  pixel: readonly [number, number],
  elevation: Elevation,
): number | null {
  const below = elevation.at(pose);
  const [north, east, down] = rayOf(pose, lens, pixel);
  if (below === null || !(down > 0)) return null;
  const cameraM = below.elevationM + pose.heightAboveGroundM;
  const length = Math.hypot(north, east, down);
  /** Height of the ray above the ground after so many metres; null: ground not known. */
  const clearance = (alongM: number): number | null => {
    const share = alongM / length;
    const ground = elevation.at(movedBy(pose, north * share, east * share));
    return ground === null ? null : cameraM - down * share - ground.elevationM;
  };
  const stepM = stepOver(elevation);
  for (let alongM = stepM; alongM <= reachM; alongM += stepM) {
    const free = clearance(alongM);
    if (free === null) return null;
    if (free > 0) continue;
    let [low, high] = [alongM - stepM, alongM];
    for (let i = 0; i < bisections; i++) {
      const middle = (low + high) / 2;
      if ((clearance(middle) ?? 0) > 0) low = middle;
      else high = middle;
    }
    return (down * high) / length;
  }
  return null;
}
