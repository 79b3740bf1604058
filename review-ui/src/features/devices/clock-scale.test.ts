import { expect, test } from "vitest";
import { holesOf, offsetTicks, placeOf, reachOf, tickText, timeTicks } from "./clock-scale.ts";

const hourMs = 3_600_000;
const at = (hours: number) => ({ at: new Date(hours * hourMs).toISOString() });

test("a camera hours off and one a tenth of a second off find room on one axis, the limit seen on both", () => {
  for (const offsetMs of [100, 37_000, 8 * hourMs, 2_000_000_000]) {
    const most = reachOf([{ offsetMs, uncertaintyMs: 50 }], 1_000);
    const place = placeOf(offsetMs, 1_000, most);
    expect(Math.abs(place)).toBeLessThan(1);
    expect(placeOf(1_000, 1_000, most)).toBeGreaterThan(0.03);
    expect(placeOf(-offsetMs, 1_000, most)).toBeCloseTo(-place);
  }
});

test("lines stand at zero, at the limit and at round times beyond, in order and few", () => {
  expect(offsetTicks(1_000, 2_000)).toEqual([-1_000, 0, 1_000]);
  expect(offsetTicks(1_000, 45_000).map(tickText)).toEqual(["−10 s", "−1 s", "0", "+1 s", "+10 s"]);
  const far = offsetTicks(1_000, 2_000_000_000);
  expect(far.length).toBeLessThanOrEqual(9);
  expect([...far].sort((a, b) => a - b)).toEqual(far);
});

test("where nothing was measured for long is a hole, at both ends too", () => {
  const span = { fromMs: 0, toMs: 24 * hourMs };
  expect(holesOf([at(1), at(2), at(10), at(23)], span)).toEqual([
    { fromMs: 2 * hourMs, toMs: 10 * hourMs },
    { fromMs: 10 * hourMs, toMs: 23 * hourMs },
  ]);
  expect(holesOf([], span)).toEqual([span]);
});

test("days begin at the source's own midnight and never crowd", () => {
  const span = { fromMs: 0, toMs: 7 * 24 * hourMs };
  const ticks = timeTicks(span, 8 * hourMs, 600);
  expect(ticks[0]).toBe(16 * hourMs);
  expect(ticks).toHaveLength(7);
  expect(timeTicks({ fromMs: 0, toMs: 31 * 24 * hourMs }, 8 * hourMs, 300).length).toBeLessThanOrEqual(5);
});
