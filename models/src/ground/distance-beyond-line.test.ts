import { expect, test } from "vitest";
import type { BoxNorm, PointNorm } from "../geometry/box.ts";
import { contactBands } from "../geometry/contact-bands.ts";
import { contactOnGround } from "./contact-on-ground.ts";
import { boxEdgeLimitShare, distanceBeyondLine, metricLimit } from "./distance-beyond-line.ts";
import { fitGround } from "./fit-ground.ts";
import { type GroundFit, markingLimitShare, type PointM } from "./ground-fit.ts";
import { marksAt, seeded, seen, usualCamera } from "./testing/street-camera.ts";

/** The street runs along x; the shop's wall is at y = 12, its pavement from there towards the camera. */
const marksM: PointM[] = [
  [-5, 6],
  [5, 6],
  [6, 14],
  [-6, 14],
  [0, 10],
  [-4, 10],
];
const size = { widthPx: 1600, heightPx: 900 };
const solid = { fromShare: 0.9999, toShare: 1 };

function fitOf(jitter?: () => number): GroundFit {
  const result = fitGround(marksAt(usualCamera, marksM, jitter), size);
  if (result.kind === "bad") throw new Error(result.text.en);
  return result.fit;
}
const lineAt = (y: number): PointNorm[] => [seen(usualCamera, [-3, y]), seen(usualCamera, [3, y])];
const pavement = seen(usualCamera, [0, 9]);
/** Box whose lower edge runs along the ground at y metres, between two x. */
function boxAt(y: number, left: number, right: number, heightShare = 0.1): BoxNorm {
  const [x1, bottom] = seen(usualCamera, [left, y]);
  const [x2] = seen(usualCamera, [right, y]);
  return [x1, bottom - heightShare, x2 - x1, heightShare];
}

test("a box 1.5 m in front of the door line is 1.5 m beyond it, whichever way the line was drawn", () => {
  for (const line of [lineAt(12), [...lineAt(12)].reverse()]) {
    const beyond = distanceBeyondLine(fitOf(), line, boxAt(10.5, -1, 1), solid, pavement);
    if ("refused" in beyond) throw new Error(beyond.refused.en);
    expect(beyond.farthestM).toBeCloseTo(1.5, 4);
    expect(beyond.errorM).toBeLessThan(metricLimit(1.5));
  }
});

test("what stands inside the shop is a negative distance, and a thing across the line has both", () => {
  const inside = distanceBeyondLine(fitOf(), lineAt(10), boxAt(11, -1, 1, 0.05), solid, pavement);
  expect("refused" in inside ? Number.NaN : inside.farthestM).toBeCloseTo(-1, 4);
  const [x, bottom] = seen(usualCamera, [-1, 9.5]);
  const [right, top] = seen(usualCamera, [1, 10.5]);
  const across = distanceBeyondLine(
    fitOf(),
    lineAt(10),
    [x, top, right - x, bottom - top],
    { fromShare: 0, toShare: 1 },
    pavement,
  );
  if ("refused" in across) throw new Error(across.refused.en);
  expect(across.farthestM).toBeCloseTo(0.5, 4);
  expect(across.nearestM).toBeCloseTo(-0.5, 4);
});

test("a door line with a corner is measured from its nearest piece, also inside its angle", () => {
  const ground: PointM[] = [
    [-4, 11],
    [0, 11],
    [0, 13.5],
  ];
  const line = ground.map((m) => seen(usualCamera, m));
  const atCorner = distanceBeyondLine(fitOf(), line, boxAt(10.4, 0.3, 0.30001), solid, seen(usualCamera, [0.5, 9]));
  if ("refused" in atCorner) throw new Error(atCorner.refused.en);
  expect(atCorner.farthestM).toBeCloseTo(Math.hypot(0.3, 0.6), 3);
  const beside = distanceBeyondLine(fitOf(), line, boxAt(12, 0.8, 0.80001), solid, seen(usualCamera, [2, 12]));
  if ("refused" in beside) throw new Error(beside.refused.en);
  expect(beside.farthestM).toBeCloseTo(0.8, 3);
});

test("the stated error of a distance holds 19 times of 20 under clicks and box edges within their limits", () => {
  const random = seeded(21);
  const click = (): number => (random() * 2 - 1) * markingLimitShare;
  const jog = ([x, y]: PointNorm): PointNorm => [x + click(), y + click() / usualCamera.aspect];
  let inside = 0;
  let ratioSum = 0;
  const runs = 120;
  for (let run = 0; run < runs; run++) {
    const [x, y, w, h] = boxAt(9.2, 1, 1.6);
    const edge = Math.max(markingLimitShare, boxEdgeLimitShare * h * usualCamera.aspect) / usualCamera.aspect;
    const box: BoxNorm = [x, y + (random() * 2 - 1) * edge, w, h];
    const beyond = distanceBeyondLine(fitOf(click), lineAt(12).map(jog), box, solid, pavement);
    if ("refused" in beyond) throw new Error(beyond.refused.en);
    const off = Math.abs(beyond.farthestM - 2.8);
    inside += off <= beyond.errorM ? 1 : 0;
    ratioSum += off / beyond.errorM;
  }
  expect(inside / runs).toBeGreaterThan(0.95);
  expect(ratioSum / runs).toBeGreaterThan(0.2);
}, 60_000);

test("no distance is stated where the error is too large, the thing is cut, the line is above the horizon or has no side", () => {
  const reason = (beyond: ReturnType<typeof distanceBeyondLine>): string => {
    if (!("refused" in beyond)) throw new Error(`stated ${beyond.farthestM} ± ${beyond.errorM}`);
    expect(beyond.refused.zh).toMatch(/[一-龥]/);
    return beyond.refused.en;
  };
  const fit = fitOf();
  expect(reason(distanceBeyondLine(fit, lineAt(40), boxAt(38.5, 0, 1, 0.02), solid, pavement))).toContain("too large");
  expect(reason(distanceBeyondLine(fit, lineAt(12), [0.4, 0.8, 0.1, 0.2], solid, pavement))).toContain("cut");
  expect(reason(distanceBeyondLine(fit, lineAt(12), [0.4, -9, 0.1, 0.2], solid, pavement))).toContain("horizon");
  expect(reason(distanceBeyondLine(fit, [pavement], boxAt(10, 0, 1), solid, pavement))).toContain("horizon");
  expect(reason(distanceBeyondLine(fit, [pavement, pavement], boxAt(10, 0, 1), solid, pavement))).toContain("coincide");
  expect(reason(distanceBeyondLine(fit, lineAt(9), boxAt(10, 0, 1), solid, pavement))).toContain("which side");
});

test("a parasol is put down from its height: the ground below it, not the ground behind it", () => {
  const fit = fitOf();
  const centre: PointM = [1, 11];
  const half = 1.25;
  const corners = [-half, half].flatMap((dx) =>
    [-half, half].map((dy) => seen(usualCamera, [centre[0] + dx, centre[1] + dy], 2.1)),
  );
  const xs = corners.map((px) => px[0]);
  const ys = corners.map((px) => px[1]);
  const box: BoxNorm = [
    Math.min(...xs),
    Math.min(...ys),
    Math.max(...xs) - Math.min(...xs),
    Math.max(...ys) - Math.min(...ys),
  ];
  const found = contactOnGround(fit, box, contactBands.canopy)!;
  const middle = [0, 1].map((axis) => found.polygonM.reduce((sum, m) => sum + (m[axis] as number), 0) / 4);
  expect(Math.hypot((middle[0] as number) - 1, (middle[1] as number) - 11)).toBeLessThan(0.3);
  expect(found.areaM2).toBeGreaterThan(6);
  expect(found.areaM2).toBeLessThan(9);
  const guessed = contactOnGround({ ...fit, camera: null }, box, contactBands.canopy)!;
  const guessedY = guessed.polygonM.reduce((sum, m) => sum + m[1], 0) / 4;
  expect(Math.abs((middle[1] as number) - 11)).toBeLessThan(Math.abs(guessedY - 11));
});
