import { expect, test } from "vitest";
import { scoreClip } from "./score-clip.ts";
import { rateOf, ratesBy, standardErrors, type VariantLine, worstFirst } from "./variants-score.ts";

const act = (fromS: number, toS: number) => ({ violation: "STALL", zone: "a", fromS, toS });
const linesOf = (clip: string, truths: [number, number][], found: [number, number][]): VariantLine[] =>
  scoreClip(
    truths.map((t) => act(...t)),
    found.map((f) => act(...f)),
    2,
  ).map((line) => ({ ...line, clip, lookEveryS: 2, conditions: clip }));

test("an act whose end is more than two looks off is neither found nor a right flag", () => {
  const lines = [...linesOf("a", [[10, 50]], [[10, 50]]), ...linesOf("b", [[10, 50]], [[10, 58]])];
  expect(rateOf("all", lines)).toMatchObject({
    truths: 2,
    flags: 2,
    hits: 1,
    recall: 0.5,
    precision: 0.5,
    errorSMax: 8,
  });
});

test("a second flag for one act is counted as a double and lowers precision only", () => {
  const lines = linesOf(
    "a",
    [[10, 50]],
    [
      [10, 50],
      [20, 30],
    ],
  );
  expect(rateOf("all", lines)).toMatchObject({ doubles: 1, recall: 1, precision: 0.5 });
});

test("groups are told apart", () => {
  const lines = [...linesOf("night", [[10, 50]], []), ...linesOf("day", [[10, 50]], [[10, 50]])];
  expect(ratesBy(lines, (line) => line.conditions).map(({ name, recall }) => [name, recall])).toEqual([
    ["day", 1],
    ["night", 0],
  ]);
});

test("the bootstrap gives the standard error of a proportion within a tenth", () => {
  const lines = Array.from({ length: 100 }, (_, i) =>
    linesOf(String(i), [[10, 50]], i % 5 === 0 ? [] : [[10, 50]]),
  ).flat();
  // sqrt(0.8 · 0.2 / 100) = 0.04
  expect(standardErrors(lines).recall).toBeGreaterThan(0.036);
  expect(standardErrors(lines).recall).toBeLessThan(0.044);
});

test("a missed act is worse than a false flag, and that is worse than an end that is off", () => {
  const lines = [
    ...linesOf("off", [[10, 50]], [[10, 60]]),
    ...linesOf("missed", [[10, 50]], []),
    ...linesOf("false", [], [[10, 50]]),
  ];
  expect(worstFirst(lines).map((line) => line.clip)).toEqual(["missed", "false", "off"]);
});
