import { expect, test } from "vitest";
import type { BoxNorm } from "../geometry/box.ts";
import { gapShare, isUnionOf } from "./same-vehicle.ts";
import { isAway, isStill, velocityOf } from "./sighting.ts";

const seenAt = (boxes: readonly BoxNorm[], everyMs = 500) => ({
  seen: boxes.map((boxNorm, i) => ({ atMs: i * everyMs, boxNorm, score: 0.6 })),
});
const at = (x: number, width = 0.2): BoxNorm => [x, 0.4, width, 0.15];

test("a thing whose box shakes, or is cut in half now and then, stands; one at walking pace moves", () => {
  expect(isStill(seenAt([0.4, 0.404, 0.397, 0.402, 0.399, 0.403].map((x) => at(x))))).toBe(true);
  expect(isStill(seenAt([at(0.4), at(0.4), at(0.4, 0.1), at(0.4), at(0.4), at(0.4)]))).toBe(true);
  expect(isStill(seenAt([0.4, 0.42, 0.44, 0.46, 0.48, 0.5].map((x) => at(x))))).toBe(false);
});

test("two sightings tell nothing", () => {
  expect(velocityOf(seenAt([at(0.1), at(0.1)]))).toBeUndefined();
  expect(isStill(seenAt([at(0.1), at(0.1)]))).toBe(false);
});

test("speed is told in seconds, however far apart the looks are", () => {
  for (const everyMs of [100, 500, 2000]) {
    const [vx] = velocityOf(
      seenAt(
        [0, 1, 2, 3, 4, 5].map((i) => at(0.1 + (i * everyMs) / 20_000)),
        everyMs,
      ),
    ) ?? [0];
    expect(vx).toBeCloseTo(0.05, 10);
  }
});

test("half a box is still at home, a box beside it is away", () => {
  expect(isAway(at(0.4, 0.1), at(0.4))).toBe(false);
  expect(isAway(at(0.43), at(0.4))).toBe(false);
  expect(isAway(at(0.55), at(0.4))).toBe(true);
});

test("cab and bed join to the whole truck, a truck that passes in front joins with nothing", () => {
  const [cab, bed] = [at(0.3, 0.08), at(0.385, 0.115)];
  expect(isUnionOf(at(0.3), cab, bed)).toBe(true);
  expect(isUnionOf(at(0.3), at(0.3), bed)).toBe(false);
  expect(gapShare(cab, bed)).toBeLessThan(0.1);
  expect(gapShare(at(0.1), at(0.5))).toBeGreaterThan(0.25);
});
