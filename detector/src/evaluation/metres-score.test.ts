import { expect, test } from "vitest";
import { metresRateOf } from "./metres-score.ts";
import { scoreClip } from "./score-clip.ts";

const act = { violation: "CROSS_DOOR", zone: "z", fromS: 0, toS: 30 };
const door = { line: [[0, 0] as [number, number], [1, 0] as [number, number]], beyondM: 2 };
const scored = (farthestM: number, errorM: number) =>
  scoreClip([{ ...act, door }], [{ ...act, beyond: () => ({ farthestM, nearestM: 0, errorM }) }], 2);

test("what was measured stands beside what is true, and counts as within where it is off by no more than it says", () => {
  const lines = [...scored(2.2, 0.3), ...scored(1.4, 0.3)];
  expect(lines.map(({ metres }) => metres)).toEqual([
    { trueM: 2, measured: { m: 2.2, errorM: 0.3 } },
    { trueM: 2, measured: { m: 1.4, errorM: 0.3 } },
  ]);
  const rate = metresRateOf(lines);
  expect(rate).toMatchObject({ acts: 2, measured: 2, within: 1 });
  expect(rate.biasM).toBeCloseTo(-0.2);
  expect(rate.rmsM).toBeCloseTo(Math.sqrt((0.2 ** 2 + 0.6 ** 2) / 2));
  expect(rate.maxM).toBeCloseTo(0.6);
});

test("a refused distance is an act that was not measured; where no distance is known or nothing found there is none", () => {
  const refused = scoreClip([{ ...act, door }], [{ ...act, beyond: () => ({ refused: { zh: "", en: "" } }) }], 2);
  expect(metresRateOf(refused)).toMatchObject({ acts: 1, measured: 0, within: 0 });
  expect(metresRateOf(scoreClip([{ ...act, door }], [], 2)).acts).toBe(0);
  expect(metresRateOf(scoreClip([act], [act], 2)).acts).toBe(0);
});
