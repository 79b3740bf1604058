import { viewSize } from "@mingcha/models/view";
import { expect, test } from "vitest";
import { createViewChecks } from "./check-views.ts";

const { width, height } = viewSize;
/** Boxes of many greys, others for another seed: a street that can be told from another. */
function street(seed: number): Uint8Array {
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const grey = new Uint8Array(width * height).fill(120);
  for (let box = 0; box < 60; box++) {
    const [left, top, across, down, value] = [
      random() * width,
      random() * height,
      8 + random() * 30,
      8 + random() * 30,
      40 + random() * 180,
    ];
    for (let y = Math.ceil(top); y < Math.min(height, top + down); y++)
      grey.fill(value, y * width + Math.ceil(left), y * width + Math.min(width, Math.ceil(left + across)));
  }
  return grey;
}
const dark = new Uint8Array(width * height).fill(3);
const checksOf = (task: Parameters<typeof createViewChecks>[0], everyMs = 2_000) => createViewChecks(task, everyMs);

test("the first look of a clip is checked, then one of so many; a photo therefore each time; none where nothing is asked", () => {
  const still = checksOf({ everyMs: 10_000, reference: null });
  expect([0, 1, 4, 5, 10].filter(still.isDue)).toEqual([0, 5, 10]);
  expect(checksOf({ everyMs: 10_000, reference: null }, 60_000).isDue(0)).toBe(true);
  expect(checksOf(undefined).isDue(0)).toBe(false);
});

test("a source that hangs still is compared: the first clear look becomes the reference, another view is not the same", () => {
  const checks = checksOf({ everyMs: 2_000, reference: null });
  checks.check(dark, 0);
  checks.check(street(1), 1);
  checks.check(street(2), 2);
  expect([0, 1, 2].map((at) => checks.viewOf(at).view)).toMatchObject([
    { verdict: "unsure", visibility: "blind" },
    { verdict: "same", visibility: "clear" },
    { verdict: "moved" },
  ]);
  expect(checks.freshReference([0, 2_000, 4_000]).viewReference?.offsetMs).toBe(2_000);
  expect(checks.viewOf(3)).toEqual({});
});

test("a source that moves is never said to have been turned and leaves no reference, but the dark is the dark", () => {
  const checks = checksOf({ everyMs: 2_000, moves: true });
  checks.check(street(1), 0);
  checks.check(street(2), 1);
  checks.check(dark, 2);
  expect([0, 1, 2].map((at) => checks.viewOf(at).view)).toEqual([
    { verdict: "same", visibility: "clear" },
    { verdict: "same", visibility: "clear" },
    { verdict: "unsure", visibility: "blind" },
  ]);
  expect(checks.freshReference([0, 2_000, 4_000])).toEqual({});
});
