import type { BoxNorm } from "../geometry/box.ts";
import type { ContactBand } from "../geometry/contact-bands.ts";
import { footBelow } from "./find-camera.ts";
import type { GroundFit, PointM } from "./ground-fit.ts";
import { mapPoint, transform } from "./matrix.ts";

/** The camera must hang this much higher than the thing, as a factor: its roof, seen nearly from the side, does not tell where it ends. */
const higherBy = 1.2;

const between = (from: PointM, to: PointM, share: number): PointM => [
  from[0] + share * (to[0] - from[0]),
  from[1] + share * (to[1] - from[1]),
];

/**
 * The ground that something tall takes, as four corners in metres: near edge left and right, far edge right and left. The lower edge of its
 * box touches the ground; its upper edge is the far end of its roof and is put down from the roof's height. A lorry seen along its axis
 * and one that turns take very unlike parts of their boxes; this tells them apart. Undefined where the camera's pose is not known, the
 * camera hangs too low, or a part lies above the horizon: then the contact band is all there is.
 */
export function footprintOnGround(
  fit: GroundFit,
  [x, y, width, height]: BoxNorm,
  { highM, deepM: [least, most] }: NonNullable<ContactBand["stands"]>,
): PointM[] | undefined {
  if (fit.camera === null || fit.camera.heightM < higherBy * highM) return undefined;
  const feet: readonly PointM[] = [
    [x, y + height],
    [x + width, y + height],
  ];
  if (feet.some((px) => !(transform(fit.toGround, px)[2] > 0))) return undefined;
  const [nearLeft, nearRight] = feet.map((px) => mapPoint(fit.toGround, px)) as [PointM, PointM];
  const farLeft = footBelow(fit, [x, y], highM);
  const farRight = footBelow(fit, [x + width, y], highM);
  if (farLeft === undefined || farRight === undefined) return undefined;
  const near = between(nearLeft, nearRight, 0.5);
  const far = between(farLeft, farRight, 0.5);
  const deepM = Math.hypot(far[0] - near[0], far[1] - near[1]);
  if (!(deepM > 0)) return undefined;
  const share = Math.min(most, Math.max(least, deepM)) / deepM;
  return [nearLeft, nearRight, between(nearRight, farRight, share), between(nearLeft, farLeft, share)];
}

const onGround = new WeakMap<readonly PointM[], { fit: GroundFit; polygonM: PointM[] | undefined }>();

/** A zone in metres; undefined where a corner lies above the horizon. Remembered, since it is asked for every box of every look. */
export function zoneOnGround(fit: GroundFit, polygon: readonly PointM[]): PointM[] | undefined {
  const known = onGround.get(polygon);
  if (known?.fit === fit) return known.polygonM;
  const isBelow = polygon.every((px) => transform(fit.toGround, px)[2] > 0);
  const polygonM = isBelow ? polygon.map((px) => mapPoint(fit.toGround, px)) : undefined;
  onGround.set(polygon, { fit, polygonM });
  return polygonM;
}
