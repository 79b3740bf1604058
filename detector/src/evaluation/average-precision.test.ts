import type { Detection } from "@mingcha/models/scene";
import fc from "fast-check";
import { expect, test } from "vitest";
import { apPerRole, averagePrecision } from "./average-precision.ts";
import { matchBoxes, type TrueBox } from "./match-boxes.ts";

const list = (verdicts: string) =>
  [...verdicts].map((c, i) => ({ score: 1 - i / 100, verdict: c === "+" ? ("right" as const) : ("wrong" as const) }));
const car = (x: number, isCrowd = false, width = 0.2): TrueBox => ({
  role: "car",
  boxNorm: [x, 0, width, 0.2],
  isCrowd,
});
const seen = (x: number, score: number): Detection => ({ label: "car", role: "car", score, boxNorm: [x, 0, 0.2, 0.2] });

test("the area is taken under the best precision at each recall or beyond", () => {
  expect(averagePrecision(list("++"), 2)).toBe(1);
  expect(averagePrecision(list("++"), 4)).toBe(0.5);
  expect(averagePrecision(list(""), 3)).toBe(0);
  // Precision 1, ½, ⅔, ½, 3⁄5 at recall ¼, ¼, ½, ½, ¾: ¼ × 1 + ¼ × ⅔ + ¼ × 3⁄5.
  expect(averagePrecision(list("+-+-+"), 4)).toBeCloseTo(0.25 * (1 + 2 / 3 + 3 / 5), 12);
  // A wrong box before everything is interpolated over: ½ × ⅔ + ½ × ⅔.
  expect(averagePrecision(list("-++"), 2)).toBeCloseTo(2 / 3, 12);
  expect(averagePrecision(list("+"), 0)).toBeNaN();
});

test("it never leaves 0..1, and one more right box at the end never lowers it", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (flags) => {
      const verdicts = flags.map((f) => (f ? "+" : "-")).join("");
      const truths = flags.filter(Boolean).length + 1;
      const area = averagePrecision(list(verdicts), truths);
      expect(area).toBeGreaterThanOrEqual(0);
      expect(area).toBeLessThanOrEqual(1);
      expect(averagePrecision(list(`${verdicts}+`), truths)).toBeGreaterThanOrEqual(area);
    }),
  );
});

test("a true box is found once, by the best score; roles do not mix", () => {
  const person: Detection = { ...seen(0, 0.99), role: "person" };
  const verdicts = matchBoxes([car(0)], [seen(0.01, 0.5), seen(0, 0.9), person]);
  expect(verdicts.map(({ role, score, verdict }) => [role, score, verdict])).toEqual([
    ["person", 0.99, "wrong"],
    ["car", 0.9, "right"],
    ["car", 0.5, "wrong"],
  ]);
});

test("a crowd takes any number of boxes and counts for none, but a single thing before it is found first", () => {
  const truths = [car(0, true, 1), car(0.4)];
  const found = [seen(0.4, 0.9), seen(0.41, 0.8), seen(0.1, 0.7)];
  expect(matchBoxes(truths, found).map(({ verdict }) => verdict)).toEqual(["right", "ignored", "ignored"]);
  expect(apPerRole([{ truths, detections: found }], ["car", "truck"])).toEqual([{ role: "car", truths: 1, ap50: 1 }]);
});
