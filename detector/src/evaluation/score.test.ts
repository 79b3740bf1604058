import type { Detection } from "@mingcha/models/scene";
import { expect, test } from "vitest";
import { ratesOfBoxes, scoreBoxes } from "./score-boxes.ts";
import { ratesOf, scoreClip } from "./score-clip.ts";

const truth = { violation: "STALL", zone: "a", fromS: 20, toS: 80 };

test("an act found once with ends within two looks is a hit", () => {
  const [line] = scoreClip([truth], [{ ...truth, fromS: 24, toS: 76.05 }], 2);
  expect(line).toMatchObject({ verdict: "hit", fromOffLooks: 2 });
});

test("ends that are off, an act found twice, one not found and one that is none are told apart", () => {
  const found = [
    { ...truth, fromS: 26 },
    { ...truth, fromS: 60, toS: 70 },
    { violation: "STALL", zone: "b", fromS: 0, toS: 10 },
  ];
  const lines = scoreClip([truth, { violation: "ROAD_PILE", zone: "a", fromS: 0, toS: 9 }], found, 2);
  expect(lines.map((line) => line.verdict)).toEqual(["ends_off", "missed", "doubled", "false"]);
  expect(ratesOf(lines)).toEqual([
    { name: "ROAD_PILE", truths: 1, found: 0, right: 0, precision: 1, recall: 0 },
    { name: "STALL", truths: 1, found: 3, right: 1, precision: 1 / 3, recall: 1 },
  ]);
});

test("boxes are right once, and boxes on a crowd count neither way", () => {
  const box = (x: number, score: number): Detection => ({
    label: "car",
    role: "car",
    score,
    boxNorm: [x, 0, 0.2, 0.2],
  });
  const counts = scoreBoxes(
    [
      { role: "car", boxNorm: [0, 0, 0.2, 0.2], isCrowd: false },
      { role: "car", boxNorm: [0.7, 0, 0.2, 0.2], isCrowd: true },
    ],
    [box(0.01, 0.9), box(0.02, 0.8), box(0.7, 0.9), box(0.71, 0.7), box(0.4, 0.2)],
    0.35,
  );
  expect(ratesOfBoxes([counts])).toEqual([{ name: "car", truths: 1, found: 2, right: 1, precision: 0.5, recall: 1 }]);
});
