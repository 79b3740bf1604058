import { distanceBeyondLine, fitGround, zoneGrid } from "@mingcha/models/ground";
import type { ClueDetail } from "@mingcha/models/http";
import { contactBands, polygonCentroid, type Role, roleSchema, type Scene, type Zone } from "@mingcha/models/scene";

type Box = readonly [number, number, number, number];
type SeenBox = ClueDetail["looks"][number]["boxes"][number];

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/**
 * Metres over the picture of a record: a grid on its zone, and how far the flagged thing reaches beyond the door line. Where the marks do not
 * fit one flat ground, or the error is too large, the reason stands in place of the number.
 */
export function viewGround(
  scene: Scene,
  zone: Zone | undefined,
  flagBox: Box,
  role: Role | null,
): ClueDetail["ground"] {
  if (scene.calibration === undefined) return null;
  const ground = fitGround(scene.calibration.points, scene.calibration.pictureSize);
  if (ground.kind === "bad")
    return { grid: { stepM: 1, lines: [] }, residualM: null, refused: ground.text, beyond: null };
  const { fit } = ground;
  const { stepM, lines } = zone === undefined ? { stepM: 1, lines: [] } : zoneGrid(fit, zone.polygon, 1);
  return {
    grid: {
      stepM,
      lines: lines.map(({ from, to }) => [rounded(from[0]), rounded(from[1]), rounded(to[0]), rounded(to[1])]),
    },
    // four marks fix the ground exactly and say nothing of the error
    residualM: fit.markCount > 4 ? fit.residual.rmsM : null,
    refused: null,
    beyond:
      zone?.line === undefined
        ? null
        : distanceBeyondLine(fit, zone.line, flagBox, contactBands[role ?? "other"], polygonCentroid(zone.polygon)),
  };
}

/** What the flagged thing is: the role of the box that lies where the flag is, over all looks the most frequent. */
export function roleOfFlag(looks: readonly { boxes: readonly SeenBox[] }[], flagBox: Box): Role | null {
  const seen = new Map<string, number>();
  for (const { boxes } of looks)
    for (const { role, boxNorm } of boxes)
      if (role !== null && overlap(boxNorm, flagBox) > 0.5) seen.set(role, (seen.get(role) ?? 0) + 1);
  const [most] = [...seen].sort((a, b) => b[1] - a[1]);
  return roleSchema.safeParse(most?.[0]).data ?? null;
}

/** Intersection over union. */
function overlap([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  const common = Math.max(0, width) * Math.max(0, height);
  return common === 0 ? 0 : common / (aw * ah + bw * bh - common);
}
