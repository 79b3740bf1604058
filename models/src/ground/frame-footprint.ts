import type { LonLat } from "../geo/gcj02.ts";
import { type CameraPose, type Lens, movedBy, rayOf, type Vector } from "./camera-pose.ts";
import { pitchMaxDeg } from "./project-pixel.ts";

/** Seen flatter than this, ground is too far and too foreshortened to count as covered: the same limit as for places. */
const depressionMin = Math.tan((-pitchMaxDeg / 180) * Math.PI);
/** Points along each edge: a picture that reaches towards the horizon is cut by an arc, not by a line. */
const pointsPerEdge = 6;

/** A ray turned down, at its bearing, until it looks steeply enough. */
function steepened([north, east, down]: Vector): Vector {
  const across = Math.hypot(north, east);
  const downMin = across * depressionMin;
  return down >= downMin || across === 0 ? [north, east, down] : [north, east, downMin];
}

/**
 * The ground a frame shows, as a ring of positions, its four corners and points between them; what lies flatter than 20° below the horizon
 * is left out. Null where the whole picture does, and where the camera itself looks too flat.
 */
export function frameFootprint(pose: CameraPose, lens: Lens): LonLat[] | null {
  if (!(pose.heightAboveGroundM > 0 && pose.pitchDeg <= pitchMaxDeg)) return null;
  const corners: [number, number][] = [
    [0, 0],
    [lens.widthPx, 0],
    [lens.widthPx, lens.heightPx],
    [0, lens.heightPx],
  ];
  return corners.flatMap((from, i) => {
    const to = corners[(i + 1) % 4] as [number, number];
    return Array.from({ length: pointsPerEdge }, (_, k) => {
      const share = k / pointsPerEdge;
      const pixel: [number, number] = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
      const [north, east, down] = steepened(rayOf(pose, lens, pixel));
      const scale = pose.heightAboveGroundM / down;
      return movedBy(pose, scale * north, scale * east);
    });
  });
}
