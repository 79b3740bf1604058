import { type Beyond, distanceBeyondLine, fitGround } from "@mingcha/models/ground";
import { type Act, contactBands, type PointNorm, polygonCentroid, type Scene } from "@mingcha/models/scene";

/**
 * How far the things of an act reach beyond a line on the ground, as the filter `beyond` measures it: the farthest of those that can be measured.
 * @param line corners, shares of the picture
 */
export function beyondOf(
  { spots, zone }: Pick<Act, "spots"> & { zone: string },
  { calibration, zones }: Scene,
  line: readonly PointNorm[],
): Beyond {
  const polygon = zones.find(({ id }) => id === zone)?.polygon;
  if (calibration === undefined || polygon === undefined)
    return { refused: { zh: "没有地面标定", en: "no calibration" } };
  const ground = fitGround(calibration.points, calibration.pictureSize);
  if (ground.kind === "bad") return { refused: ground.text };
  const measured = spots.map(({ boxNorm, role }) =>
    distanceBeyondLine(ground.fit, line, boxNorm, contactBands[role ?? "other"], polygonCentroid(polygon)),
  );
  const known = measured
    .flatMap((beyond) => ("refused" in beyond ? [] : [beyond]))
    .sort((a, b) => b.farthestM - a.farthestM);
  return known[0] ?? measured[0] ?? { refused: { zh: "没有可以测量的物品", en: "nothing that can be measured" } };
}
