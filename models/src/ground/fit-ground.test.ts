import { expect, test } from "vitest";
import type { GroundFit, PointM } from "./ground-fit.ts";
import { markingLimitShare } from "./ground-fit.ts";
import { fitGround, groundPoint, picturePoint } from "./index.ts";
import { marksAt, type StreetCamera, seeded, seen, usualCamera } from "./testing/street-camera.ts";

const four: PointM[] = [
  [-4, 6],
  [4, 6],
  [5, 16],
  [-5, 16],
];
const nine: PointM[] = [-4, 0, 4].flatMap((x) => [6, 11, 16].map((y): PointM => [x, y]));

function fitOf(camera: StreetCamera, points: readonly PointM[], jitter?: () => number): GroundFit {
  const result = fitGround(marksAt(camera, points, jitter), { widthPx: 1600, heightPx: 1600 * camera.aspect });
  if (result.kind === "bad") throw new Error(result.text.en);
  return result.fit;
}

test("exact marks give the exact ground, in metres and back", () => {
  for (const points of [four, nine]) {
    const fit = fitOf(usualCamera, points);
    for (const m of [
      [0, 5],
      [2.5, 9],
      [-3, 14],
      [6, 25],
    ] as PointM[]) {
      const found = groundPoint(fit, seen(usualCamera, m));
      expect(Math.hypot(found!.m[0] - m[0], found!.m[1] - m[1])).toBeLessThan(1e-6);
      const px = picturePoint(fit, m)!;
      expect(Math.hypot(px[0] - seen(usualCamera, m)[0], px[1] - seen(usualCamera, m)[1])).toBeLessThan(1e-9);
    }
  }
});

test("a fit is plain JSON: written and read again it gives the same metres bit for bit", () => {
  const fit = fitOf(usualCamera, nine, () => 0.001);
  const again: GroundFit = JSON.parse(JSON.stringify(fit));
  expect(groundPoint(again, [0.4, 0.7])).toEqual(groundPoint(fit, [0.4, 0.7]));
});

test("nothing at or above the horizon is given metres", () => {
  const fit = fitOf(usualCamera, four);
  const horizonY = 0.5 - (usualCamera.focalShare * Math.tan((25 * Math.PI) / 180)) / usualCamera.aspect;
  expect(horizonY).toBeLessThan(0);
  const low: StreetCamera = { ...usualCamera, tiltDeg: 8 };
  const flat = fitOf(low, four);
  const lowHorizonY = 0.5 - (low.focalShare * Math.tan((8 * Math.PI) / 180)) / low.aspect;
  expect(groundPoint(flat, [0.5, lowHorizonY - 0.01])).toBeUndefined();
  expect(groundPoint(flat, [0.5, lowHorizonY])).toBeUndefined();
  expect(groundPoint(flat, [0.5, lowHorizonY + 0.1])).toBeDefined();
  expect(groundPoint(fit, [0.5, 0.1])).toBeDefined();
});

test.each([
  ["four marks", four],
  ["nine marks", nine],
] as const)(
  "the stated error holds 19 times of 20 and is not idle, %s clicked within the marking limit",
  (_, points) => {
    const random = seeded(11);
    const click = (): number => (random() * 2 - 1) * markingLimitShare;
    const targets: PointM[] = [
      [0, 5],
      [2, 9],
      [-3, 13],
      [4, 20],
    ];
    let inside = 0;
    let ratioSum = 0;
    let count = 0;
    for (let run = 0; run < 80; run++) {
      const fit = fitOf(usualCamera, points, click);
      for (const m of targets) {
        const [x, y] = seen(usualCamera, m);
        const found = groundPoint(fit, [x + click(), y + click() / usualCamera.aspect])!;
        const off = Math.hypot(found.m[0] - m[0], found.m[1] - m[1]);
        inside += off <= found.errorM ? 1 : 0;
        ratioSum += off / found.errorM;
        count++;
      }
    }
    expect(inside / count).toBeGreaterThan(0.95);
    // An error ten times too wide would "hold" too.
    expect(ratioSum / count).toBeGreaterThan(0.2);
  },
  60_000,
);

test("four marks have no residual and their error still grows away from them", () => {
  const fit = fitOf(usualCamera, four);
  expect(fit.residual.rmsM).toBeLessThan(1e-9);
  expect(fit.leaveOneOut).toBeNull();
  const near = groundPoint(fit, seen(usualCamera, [0, 10]))!;
  const far = groundPoint(fit, seen(usualCamera, [0, 30]))!;
  expect(near.errorM).toBeGreaterThan(0.01);
  expect(far.errorM).toBeGreaterThan(4 * near.errorM);
});

test("bad marks widen the error instead of hiding in an average", () => {
  const random = seeded(5);
  const fine = fitOf(usualCamera, nine);
  const poor = fitOf(usualCamera, nine, () => (random() * 2 - 1) * 0.02);
  expect(fine.widening).toBe(1);
  expect(poor.widening).toBeGreaterThan(2);
  const at = seen(usualCamera, [1, 10]);
  expect(groundPoint(poor, at)!.errorM).toBeGreaterThan(1.5 * groundPoint(fine, at)!.errorM);
  expect(poor.leaveOneOut!.rmsM).toBeGreaterThan(poor.residual.rmsM);
});

test("the lens and the height of the camera come out of the ground, whichever way its axes are counted", () => {
  for (const flip of [1, -1]) {
    const marks = marksAt(usualCamera, nine).map(({ px, m }) => ({ px, m: [m[0], flip * m[1]] as const }));
    const result = fitGround(marks, { widthPx: 1600, heightPx: 900 });
    const camera = result.kind === "ok" ? result.fit.camera : null;
    expect(camera?.heightM).toBeCloseTo(6, 6);
    expect(camera?.focalShare).toBeCloseTo(usualCamera.focalShare, 6);
  }
});

const refused = (marks: Parameters<typeof fitGround>[0]): string => {
  const result = fitGround(marks, { widthPx: 1600, heightPx: 900 });
  if (result.kind === "ok") throw new Error("was taken");
  expect(result.text.zh).toMatch(/[一-龥]/);
  return result.text.en;
};

test("marks that do not fix one flat ground are refused, each with its reason", () => {
  const marks = marksAt(usualCamera, four);
  const [a, b, c, d] = marks as [(typeof marks)[0], (typeof marks)[0], (typeof marks)[0], (typeof marks)[0]];
  expect(refused([a, b, c])).toContain("at least four marks, there are 3");
  expect(refused([a, b, c, c])).toContain("same spot");
  expect(
    refused(
      marksAt(usualCamera, [
        [0, 6],
        [0, 9],
        [0, 12],
        [3, 9],
      ]),
    ),
  ).toContain("one line");
  expect(refused([a, b, { ...c, m: d.m }, { ...d, m: c.m }])).toContain("exchanged");
  expect(refused([a, b, c, { px: d.px, m: [Number.NaN, 1] }])).toContain("not finite");
  const oneWrong = marksAt(usualCamera, nine).map((mark, i) => (i === 4 ? { ...mark, m: [2.5, 13] as const } : mark));
  expect(refused(oneWrong)).toContain("mark 5 is the likeliest");
});
