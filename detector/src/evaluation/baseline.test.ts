import { expect, test } from "vitest";
import { compareFigures, type Figure } from "./baseline.ts";

const recall = (value: number): Figure => ({ name: "STALL recall", value, noise: 0.1, better: "higher" });
const error = (value: number): Figure => ({ name: "STALL error (s)", value, noise: 0.5, better: "lower" });

test("a figure that fell within its noise is the same, beyond it worse", () => {
  expect(compareFigures([recall(0.9)], [recall(0.81)])[0]?.change).toBe("same");
  expect(compareFigures([recall(0.9)], [recall(0.78)])[0]?.change).toBe("worse");
});

test("what was found and is not found at all any more is worse, however few acts there are to tell", () => {
  const few = (value: number): Figure => ({ ...recall(value), noise: 1 });
  expect(compareFigures([few(1)], [few(0)])[0]?.change).toBe("worse");
  expect(compareFigures([few(0)], [few(0)])[0]?.change).toBe("same");
});

test("an error that grew is worse, one that shrank better", () => {
  expect(compareFigures([error(1)], [error(1.6)])[0]?.change).toBe("worse");
  expect(compareFigures([error(1)], [error(0.4)])[0]?.change).toBe("better");
});

test("a figure that is no longer measured counts as worse", () => {
  expect(compareFigures([recall(0.9)], [])).toMatchObject([{ name: "STALL recall", change: "worse" }]);
});
