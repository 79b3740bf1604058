import fc from "fast-check";
import { expect, test } from "vitest";
import { type BoxNorm, type PointNorm, unionBox } from "../geometry/box.ts";
import { contactBands } from "../geometry/contact-bands.ts";
import { groundContactShare } from "../geometry/ground-contact.ts";
import { convexShareInPolygon, polygonArea } from "../geometry/polygon.ts";
import { fitGround } from "./fit-ground.ts";
import { footprintOnGround, zoneOnGround } from "./footprint-on-ground.ts";
import type { GroundFit, PointM } from "./ground-fit.ts";
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

const fitOf = (camera: StreetCamera, jitter?: () => number) => {
  const result = fitGround(marksAt(camera, around, jitter));
  if (result.kind === "bad") throw new Error(result.text.en);
  return result.fit;
};

type Body = { longM: number; wideM: number; highM: number };

/** Something that stands on the ground: its footprint, and the box in which a camera sees it. */
function placed(camera: StreetCamera, { longM, wideM, highM }: Body, [x, y]: PointM, turnRad: number) {
  const [cos, sin] = [Math.cos(turnRad), Math.sin(turnRad)];
  const footM = [
    [-0.5, -0.5],
    [0.5, -0.5],
    [0.5, 0.5],
    [-0.5, 0.5],
  ].map(([a, b]): PointM => {
    const [along, across] = [(a as number) * longM, (b as number) * wideM];
    return [x + cos * along - sin * across, y + sin * along + cos * across];
  });
  const corners = footM.flatMap((m): PointNorm[] => [seen(camera, m), seen(camera, m, highM)]);
  return { footM, box: unionBox(corners.map(([u, v]) => [u, v, 0, 0] as const)) as BoxNorm };
}

const isWhole = ([x, y, width, height]: BoxNorm): boolean => x >= 0 && y >= 0 && x + width <= 1 && y + height <= 1;

/** Over lorries of many sizes anywhere about the zone: mean error of the share told, and how often "a fifth of it is there" is told wrong. */
function errorsOf(camera: StreetCamera, share: (box: BoxNorm) => number | undefined) {
  const random = seeded(4);
  const between = (least: number, most: number): number => least + random() * (most - least);
  const errors: number[] = [];
  let wrong = 0;
  while (errors.length < 400) {
    const body = { longM: between(6, 9), wideM: 2.5, highM: between(2.5, 3.1) };
    const { footM, box } = placed(camera, body, [between(-8, 8), between(8, 22)], between(0, Math.PI));
    if (!isWhole(box)) continue;
    // a detector's edges are off by some hundredths of the box
    const [x, y, width, height] = box;
    const off = (): number => between(-0.03, 0.03);
    const told = share([x + off() * width, y + off() * height, width * (1 + off()), height * (1 + off())]);
    const truth = convexShareInPolygon(footM, zoneM);
    if (told === undefined) throw new Error("no footprint");
    errors.push(Math.abs(told - truth));
    if (truth >= 0.2 !== told >= 0.2) wrong++;
  }
  return { mean: errors.reduce((sum, e) => sum + e, 0) / errors.length, wrong: wrong / errors.length };
}

const footprint = (fit: GroundFit, box: BoxNorm, highM = stands.highM.usual) =>
  footprintOnGround(fit, box, highM, stands.deepM);

test("where the camera is known, the share of a lorry in the zone is told better than by the lower half of its box: other sizes than assumed, clicks and box edges off", () => {
  for (const heightM of [3.6, 4, 4.5, 5, 6, 9]) {
    const camera = { ...usualCamera, heightM, tiltDeg: heightM > 6 ? 32 : heightM < 4 ? 13 : 22 };
    const random = seeded(9);
    const fit = fitOf(camera, () => (random() - 0.5) * 0.003);
    const zone = zoneM.map((m) => seen(camera, m));
    const onGround = zoneOnGround(fit, zone) as PointM[];
    const byBand = (box: BoxNorm): number => groundContactShare(box, band, zone);
    const measured = errorsOf(camera, (box) => {
      const found = footprint(fit, box);
      return found === undefined ? byBand(box) : convexShareInPolygon(found, onGround);
    });
    const guessed = errorsOf(camera, byBand);
    console.log(
      `camera ${heightM} m: share off by ${measured.mean.toFixed(3)} (band ${guessed.mean.toFixed(3)}), "a fifth is there" wrong ${measured.wrong.toFixed(3)} (band ${guessed.wrong.toFixed(3)})`,
    );
    // A camera hardly above the roof gains nothing and loses nothing to speak of.
    const isLow = heightM < 4;
    expect(measured.mean).toBeLessThan((isLow ? 1.2 : 0.95) * guessed.mean);
    expect(measured.wrong).toBeLessThan(guessed.wrong + (isLow ? 0.02 : 0));
  }
});

test("something lower than assumed, called a truck, is never given ground in front of it", () => {
  const camera = { ...usualCamera, heightM: 4.5, tiltDeg: 20 };
  const fit = fitOf(camera);
  const random = seeded(2);
  for (let i = 0; i < 300; i++) {
    const body = { longM: 3.5 + random() * 2, wideM: 1.8, highM: 1.3 + random() };
    const { footM, box } = placed(camera, body, [random() * 8 - 4, 10 + random() * 8], random() * Math.PI);
    const found = footprint(fit, box);
    const nearM = Math.min(...footM.map(([, y]) => y));
    if (found !== undefined) expect(Math.min(...found.map(([, y]) => y))).toBeGreaterThan(nearM - 0.3);
  }
});

test("whatever the box, what is measured is a convex piece of ground of a bounded depth, or nothing", () => {
  const fit = fitOf(usualCamera);
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, share, share, (x, y, width, height) => {
      const found = footprint(fit, [x, y, width * (1 - x), height * (1 - y)]);
      if (found === undefined) return;
      const sides = found.map((a, i) => {
        const [b, c] = [found[(i + 1) % 4] as PointM, found[(i + 2) % 4] as PointM];
        return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);
      });
      expect(sides.every((side) => side >= -1e-9) || sides.every((side) => side <= 1e-9)).toBe(true);
      expect(Number.isFinite(polygonArea(found))).toBe(true);
      const [left, , , behindLeft] = found as [PointM, PointM, PointM, PointM];
      expect(Math.hypot(behindLeft[0] - left[0], behindLeft[1] - left[1])).toBeGreaterThan(2);
    }),
  );
});

test("a camera that hangs hardly higher than the lorry, or whose pose is not known, measures no footprint", () => {
  const low = { ...usualCamera, heightM: 3.2, tiltDeg: 12 };
  const { box } = placed(low, { longM: 8, wideM: 2.5, highM: 2.8 }, [0, 14], 1.2);
  expect(footprint(fitOf(low), box)).toBeUndefined();
  expect(footprint({ ...fitOf(usualCamera), camera: null }, box)).toBeUndefined();
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
