import type { BoxNorm, PointNorm } from "../geometry/box.ts";
import type { ContactBand } from "../geometry/contact-bands.ts";
import { groundContactBand } from "../geometry/ground-contact.ts";
import { polygonArea } from "../geometry/polygon.ts";
import { footBelow } from "./find-camera.ts";
import { type GroundFit, type PointM, sigmaOfLimit } from "./ground-fit.ts";
import { picturePoint } from "./ground-point.ts";
import { mapPoint, transform } from "./matrix.ts";

/** A point of what a thing takes of the ground: where, the picture point that is this ground, and how far an unknown height may shift it. */
export type ContactPoint = { m: PointM; px: PointNorm; heightSigmaM: PointM };

/** Things said to hang at a height do so within this, metres (house choice: parasols are opened between 1.9 and 2.5 m). */
const hangingLimitM = 0.3;

function hangingPoint(fit: GroundFit, px: PointNorm, heightM: number): ContactPoint | undefined {
  const m = footBelow(fit, px, heightM);
  const higher = footBelow(fit, px, heightM + hangingLimitM);
  const foot = m && picturePoint(fit, m);
  if (m === undefined || higher === undefined || foot === undefined) return undefined;
  const sigma = sigmaOfLimit(hangingLimitM) / hangingLimitM;
  return { m, px: foot, heightSigmaM: [(higher[0] - m[0]) * sigma, (higher[1] - m[1]) * sigma] };
}

function standingPoint(fit: GroundFit, px: PointNorm): ContactPoint | undefined {
  if (transform(fit.toGround, px)[2] <= 0) return undefined;
  return { m: mapPoint(fit.toGround, px), px, heightSigmaM: [0, 0] };
}

/** Points along each edge of a contact area; its corners are among them. */
const pointsPerEdge = 4;

/**
 * Outline of the ground a thing takes, anticlockwise in the picture from its lower left corner. A thing that hangs (parasol) is put down
 * from its height where the camera is known; otherwise, and for all things that stand, it is the contact band of the box.
 * Undefined where a part of it lies above the horizon.
 */
export function contactOutline(fit: GroundFit, box: BoxNorm, band: ContactBand): ContactPoint[] | undefined {
  const hangsAtM = fit.camera === null ? undefined : band.hangsAtM;
  const [x, y, width, height] = hangsAtM === undefined ? groundContactBand(box, band) : box;
  const corners: PointNorm[] = [
    [x, y + height],
    [x + width, y + height],
    [x + width, y],
    [x, y],
  ];
  const outline: ContactPoint[] = [];
  for (let i = 0; i < 4; i++) {
    const [from, to] = [corners[i] as PointNorm, corners[(i + 1) % 4] as PointNorm];
    for (let k = 0; k < pointsPerEdge; k++) {
      const t = k / pointsPerEdge;
      const px: PointNorm = [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
      const point = hangsAtM === undefined ? standingPoint(fit, px) : hangingPoint(fit, px, hangsAtM);
      if (point === undefined) return undefined;
      outline.push(point);
    }
  }
  return outline;
}

/** The ground a thing takes, as four corners in metres and its area; undefined where a part of it lies above the horizon. */
export function contactOnGround(
  fit: GroundFit,
  box: BoxNorm,
  band: ContactBand,
): { polygonM: PointM[]; areaM2: number } | undefined {
  const outline = contactOutline(fit, box, band);
  if (outline === undefined) return undefined;
  const polygonM = outline.filter((_, i) => i % pointsPerEdge === 0).map((point) => point.m);
  return { polygonM, areaM2: polygonArea(polygonM) };
}
