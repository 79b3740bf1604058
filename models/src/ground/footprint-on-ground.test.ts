import { expect, test } from "vitest";
import { type BoxNorm, type PointNorm, unionBox } from "../geometry/box.ts";
import { contactBands } from "../geometry/contact-bands.ts";
import { groundContactShare } from "../geometry/ground-contact.ts";
import { convexShareInPolygon } from "../geometry/polygon.ts";
import { fitGround } from "./fit-ground.ts";
import { footprintOnGround, zoneOnGround } from "./footprint-on-ground.ts";
import type { PointM } from "./ground-fit.ts";
import { marksAt, type StreetCamera, seeded, seen, usualCamera } from "./testing/street-camera.ts";

const band = contactBands.truck;
const { stands } = band;
if (stands === undefined) throw new Error("a lorry has no height");

const around: PointM[] = [
  [-6, 9],
  [6, 9],
  [6, 24],
  [-6, 24],
];
/** The ground before a gate. */
const zoneM: PointM[] = [
  [-6, 11],
  [6, 11],
  [6, 18],
  [-6, 18],
];

const fitOf = (camera: StreetCamera) => {
  const result = fitGround(marksAt(camera, around));
  if (result.kind === "bad") throw new Error(result.text.en);
  return result.fit;
};

/** A lorry 8 m long, 2.5 m wide and 2.8 m high: its footprint, and the box in which a camera sees it. */
function lorry(camera: StreetCamera, [x, y]: PointM, turnRad: number): { footM: PointM[]; box: BoxNorm } {
  const [cos, sin] = [Math.cos(turnRad), Math.sin(turnRad)];
  const footM = [
    [-4, -1.25],
    [4, -1.25],
    [4, 1.25],
    [-4, 1.25],
  ].map(
    ([a, b]): PointM => [x + cos * (a as number) - sin * (b as number), y + sin * (a as number) + cos * (b as number)],
  );
  const corners = footM.flatMap((m): PointNorm[] => [seen(camera, m), seen(camera, m, 2.8)]);
  return { footM, box: unionBox(corners.map(([u, v]) => [u, v, 0, 0] as const)) as BoxNorm };
}

/** Over lorries anywhere about the zone in any direction: mean error of the share told, and how often "a fifth of it is there" is told wrong. */
function errorsOf(camera: StreetCamera, share: (box: BoxNorm) => number | undefined) {
  const random = seeded(4);
  const errors: number[] = [];
  let wrong = 0;
  while (errors.length < 400) {
    const { footM, box } = lorry(camera, [random() * 16 - 8, 8 + random() * 14], random() * Math.PI);
    const [x, y, width, height] = box;
    if (x < 0 || y < 0 || x + width > 1 || y + height > 1) continue;
    const truth = convexShareInPolygon(footM, zoneM);
    const told = share(box);
    if (told === undefined) throw new Error("no footprint");
    errors.push(Math.abs(told - truth));
    if (truth >= 0.2 !== told >= 0.2) wrong++;
  }
  return { mean: errors.reduce((sum, e) => sum + e, 0) / errors.length, wrong: wrong / errors.length };
}

test("where the camera is known, the share of a lorry in the zone is told better than by the lower half of its box, turned or not", () => {
  for (const heightM of [3.6, 4.5, 6, 9]) {
    const camera = { ...usualCamera, heightM, tiltDeg: heightM > 6 ? 32 : heightM < 4 ? 13 : 22 };
    const fit = fitOf(camera);
    const zone = zoneM.map((m) => seen(camera, m));
    const onGround = zoneOnGround(fit, zone) as PointM[];
    const measured = errorsOf(camera, (box) => {
      const footprint = footprintOnGround(fit, box, stands);
      return footprint && convexShareInPolygon(footprint, onGround);
    });
    const byBand = errorsOf(camera, (box) => groundContactShare(box, band, zone));
    console.log(
      `camera ${heightM} m: share off by ${measured.mean.toFixed(3)} (band ${byBand.mean.toFixed(3)}), "a fifth is there" wrong ${measured.wrong.toFixed(3)} (band ${byBand.wrong.toFixed(3)})`,
    );
    expect(measured.mean).toBeLessThan(0.75 * byBand.mean);
    expect(measured.wrong).toBeLessThan(byBand.wrong);
  }
});

test("a camera that hangs hardly higher than the lorry, or whose pose is not known, measures no footprint", () => {
  const low = { ...usualCamera, heightM: 3.2, tiltDeg: 12 };
  const { box } = lorry(low, [0, 14], 1.2);
  expect(footprintOnGround(fitOf(low), box, stands)).toBeUndefined();
  expect(footprintOnGround({ ...fitOf(usualCamera), camera: null }, box, stands)).toBeUndefined();
});

test("a zone that reaches above the horizon has no polygon in metres", () => {
  expect(
    zoneOnGround(fitOf(usualCamera), [
      [0.1, 0.9],
      [0.9, 0.9],
      [0.5, -3],
    ]),
  ).toBeUndefined();
});
