import type { BoxNorm, PointNorm } from "../geometry/box.ts";
import type { ContactBand } from "../geometry/contact-bands.ts";
import { footBelow } from "./find-camera.ts";
import type { GroundFit, PointM } from "./ground-fit.ts";
import { mapPoint, transform } from "./matrix.ts";

/** The camera must hang this much higher than the thing, as a factor: its roof, seen nearly from the side, does not tell where it ends. */
const higherBy = 1.2;
/** Measured less deep than this share of the least there is, it is lower than was assumed (a van that is called a truck): nothing is said. */
const shallowShare = 0.6;

/** Ground point straight below the camera: −Rᵀt, its first two coordinates. */
function camera({ axes, t }: NonNullable<GroundFit["camera"]>): PointM {
  const along = (axis: 0 | 3): number =>
    -[0, 1, 2].reduce((sum, k) => sum + (axes[axis + k] as number) * (t[k] as number), 0);
  return [along(0), along(3)];
}

/**
 * The ground that something tall takes, as four corners in metres: near edge left and right, far edge right and left. The lower edge of its
 * box touches the ground; its upper edge is the far end of its roof and is put down from the roof's height; its sides are lines of sight. A
 * lorry seen along its axis and one that turns take very unlike parts of their boxes; this tells them apart. Undefined where the camera's
 * pose is not known or it hangs too low, where a part lies above the horizon, and where it is too shallow to be that high: then the contact
 * band is all there is.
 */
export function footprintOnGround(
  fit: GroundFit,
  [x, y, width, height]: BoxNorm,
  highM: number,
  [least, most]: NonNullable<ContactBand["stands"]>["deepM"],
): PointM[] | undefined {
  if (fit.camera === null || fit.camera.heightM < higherBy * highM) return undefined;
  const feet: readonly PointNorm[] = [x, x + width / 2, x + width].map((u) => [u, y + height]);
  if (feet.some((px) => !(transform(fit.toGround, px)[2] > 0))) return undefined;
  const [left, middle, right] = feet.map((px) => mapPoint(fit.toGround, px)) as [PointM, PointM, PointM];
  const far = footBelow(fit, [x + width / 2, y], highM);
  if (far === undefined) return undefined;
  const from = camera(fit.camera);
  const [dx, dy] = [middle[0] - from[0], middle[1] - from[1]];
  const awayM = Math.hypot(dx, dy);
  const deepM = ((far[0] - middle[0]) * dx + (far[1] - middle[1]) * dy) / awayM;
  if (!(deepM >= shallowShare * least)) return undefined;
  const reach = 1 + Math.min(most, Math.max(least, deepM)) / awayM;
  const behind = (m: PointM): PointM => [from[0] + (m[0] - from[0]) * reach, from[1] + (m[1] - from[1]) * reach];
  return [left, right, behind(right), behind(left)];
}

const onGround = new WeakMap<readonly PointNorm[], { fit: GroundFit; polygonM: PointM[] | undefined }>();

/** A zone in metres; undefined where a corner lies above the horizon. Remembered, since it is asked for every box of every look. */
export function zoneOnGround(fit: GroundFit, polygon: readonly PointNorm[]): PointM[] | undefined {
  const known = onGround.get(polygon);
  if (known?.fit === fit) return known.polygonM;
  const isBelow = polygon.every((px) => transform(fit.toGround, px)[2] > 0);
  const polygonM = isBelow ? polygon.map((px) => mapPoint(fit.toGround, px)) : undefined;
  onGround.set(polygon, { fit, polygonM });
  return polygonM;
}
