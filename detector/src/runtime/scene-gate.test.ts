import type { Detection } from "@mingcha/models/scene";
import { viewSize } from "@mingcha/models/view";
import { describe, expect, test } from "vitest";
import { createSceneGate, hasChanged, type LookGate, zoneCells } from "./scene-gate.ts";

/** Middle third of the picture. */
const zone: [number, number][] = [
  [1 / 3, 1 / 3],
  [2 / 3, 1 / 3],
  [2 / 3, 2 / 3],
  [1 / 3, 2 / 3],
];
const gate: LookGate = { zones: [zone], scoreLimits: [0.35], carriedMax: 3, ageMsMax: 60_000, dueMs: [] };

let seed = 7;
const random = (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
/** A street of grey stripes with noise of ±`noise` grey levels; `thing` paints one cell block darker. */
function picture({
  noise = 0,
  light = 0,
  thing,
}: {
  noise?: number;
  light?: number;
  thing?: [x: number, y: number];
} = {}) {
  const grey = new Uint8Array(viewSize.width * viewSize.height);
  for (let y = 0; y < viewSize.height; y++)
    for (let x = 0; x < viewSize.width; x++)
      grey[y * viewSize.width + x] = 100 + 40 * ((x >> 3) & 1) + light + Math.round((random() * 2 - 1) * noise);
  if (thing !== undefined)
    for (let y = 0; y < 4; y++) for (let x = 0; x < 3; x++) grey[(thing[1] + y) * viewSize.width + thing[0] + x]! -= 30;
  return grey;
}
const crate: Detection = { label: "crate", role: "goods", score: 0.7, boxNorm: [0.4, 0.4, 0.1, 0.1] };

/** A gate whose first two looks, 2 s apart, both found the crate. */
function settled(change: Partial<LookGate> = {}, found: Detection[] = [crate]) {
  const made = createSceneGate({ ...gate, ...change });
  expect(made.judge(picture(), 0)).toBe("first");
  made.analysed(picture(), 0, found);
  expect(made.judge(picture(), 2_000)).toBe("unsettled");
  made.analysed(picture(), 2_000, found);
  return made;
}

describe("a look is carried over", () => {
  test("only after two analysed looks that agree, and repeats what they found", () => {
    const made = settled();
    expect(made.judge(picture({ noise: 2 }), 4_000)).toBe("carried");
    expect(made.last()).toEqual([crate]);
  });
  test("so many times in a row at most", () => {
    const made = settled();
    const verdicts = [4_000, 6_000, 8_000, 10_000].map((at) => made.judge(picture(), at));
    expect(verdicts).toEqual(["carried", "carried", "carried", "due"]);
  });
  test("for so long at most, and never at a moment that is due", () => {
    expect(settled({ ageMsMax: 3_000 }).judge(picture(), 6_000)).toBe("due");
    const made = settled({ dueMs: [5_000] });
    expect([4_000, 6_000, 8_000].map((at) => made.judge(picture(), at))).toEqual(["carried", "due", "carried"]);
  });
  test("never while a score lies near a limit of a rule", () => {
    expect(settled({}, [{ ...crate, score: 0.37 }]).judge(picture(), 4_000)).toBe("near_limit");
  });
  test("though something flickers that is too weak for every rule, or stands where none looks", () => {
    const made = createSceneGate(gate);
    const weak: Detection = { ...crate, score: 0.2, boxNorm: [0.6, 0.4, 0.05, 0.05] };
    const elsewhere: Detection = { ...crate, boxNorm: [0.05, 0.05, 0.1, 0.1] };
    made.analysed(picture(), 0, [crate]);
    made.analysed(picture(), 2_000, [crate, weak, elsewhere]);
    expect(made.judge(picture(), 4_000)).toBe("carried");
  });
  test("never right after something came or went", () => {
    const made = settled();
    made.judge(picture({ thing: [60, 30] }), 4_000);
    made.analysed(picture({ thing: [60, 30] }), 4_000, [crate, { ...crate, boxNorm: [0.6, 0.5, 0.05, 0.05] }]);
    expect(made.judge(picture({ thing: [60, 30] }), 6_000)).toBe("unsettled");
  });
});

describe("a change", () => {
  const cells = zoneCells([zone]);
  const before = picture({ noise: 2 });
  test("in a zone is seen, though it is a fortieth of the picture wide", () => {
    expect(hasChanged(before, picture({ noise: 2, thing: [60, 30] }), cells)).toBe(true);
  });
  test("at the edge of a zone is seen, one far outside is not", () => {
    expect(hasChanged(before, picture({ noise: 2, thing: [39, 30] }), cells)).toBe(true);
    expect(hasChanged(before, picture({ noise: 2, thing: [5, 5] }), cells)).toBe(false);
  });
  test("of noise alone, or of a little light over all, is none", () => {
    for (let i = 0; i < 50; i++) expect(hasChanged(before, picture({ noise: 2, light: 4 }), cells)).toBe(false);
  });
  test("of much light is one: shadows move with it", () => {
    expect(hasChanged(before, picture({ noise: 2, light: 25 }), cells)).toBe(true);
  });
  test("that creeps is seen, because the last analysed look is what counts", () => {
    const made = settled({ carriedMax: 100, ageMsMax: 1e9 });
    const verdicts = Array.from({ length: 12 }, (_, i) => {
      const slow = picture();
      for (let y = 30; y < 36; y++) for (let x = 60; x < 66; x++) slow[y * viewSize.width + x]! -= i;
      return made.judge(slow, 4_000 + 2_000 * i);
    });
    expect(verdicts.indexOf("changed")).toBe(6);
  });
});
