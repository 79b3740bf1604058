import type { Look } from "@mingcha/models/scene";
import { expect, test } from "vitest";
import { chooseLooks, closeUp } from "./choose-looks.ts";

const looks: Look[] = Array.from({ length: 10 }, (_, i) => {
  const time = { capturedAtMs: i * 1000, offsetMs: i * 1000 };
  return i === 1
    ? { ...time, status: "missing", reason: "decode_failed" }
    : { ...time, status: "seen", detections: [] };
});
const act = {
  fromMs: 2000,
  toMs: 6000,
  isOpen: false,
  intervals: [{ state: "present", fromMs: 2000, toMs: 6000 }],
  boxNorm: [0.4, 0.4, 0.2, 0.2],
  best: { capturedAtMs: 5000, boxNorm: [0.4, 0.4, 0.2, 0.2] },
} as const;

test("an act is shown whole, near, at its beginning and end, and what was there before and after", () => {
  const pictures = chooseLooks(act, looks).map(({ kind, look }) => [kind, look.capturedAtMs]);
  expect(pictures).toEqual([
    ["wide", 5000],
    ["close", 5000],
    ["before", 0],
    ["during", 2000],
    ["during", 6000],
    ["after", 7000],
  ]);
});

test("what still goes on has no after, what was there from the start no before", () => {
  const kinds = chooseLooks(
    { ...act, fromMs: 0, intervals: [{ state: "present", fromMs: 0, toMs: 6000 }], isOpen: true },
    looks,
  ).map(({ kind }) => kind);
  expect(kinds).toEqual(["wide", "close", "during", "during"]);
});

test("what is shown was seen: an end that was hidden is not a picture of it", () => {
  const hidden = { ...act, fromMs: 1500, toMs: 8000 };
  const during = chooseLooks(hidden, looks).filter(({ kind }) => kind === "during");
  expect(during.map(({ look }) => look.capturedAtMs)).toEqual([2000, 6000]);
});

test("a look whose detections were carried over is never shown: the last analysed one before it is", () => {
  const carriedOver = looks.map((look) =>
    look.capturedAtMs >= 5000 && look.status === "seen" ? { ...look, carried: true as const } : look,
  );
  const wanted = chooseLooks(act, carriedOver);
  expect(wanted.some(({ look }) => look.capturedAtMs >= 5000)).toBe(false);
  expect(wanted.filter(({ kind }) => kind === "during").map(({ look }) => look.capturedAtMs)).toEqual([2000, 4000]);
});

test("a close-up has air, a least size, and stays in the picture", () => {
  const [x, y, width, height] = closeUp([0.95, 0, 0.05, 0.01]);
  expect(width).toBeCloseTo(1 / 12, 6);
  expect(x + width).toBeLessThanOrEqual(1);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(height).toBeCloseTo(1 / 12, 6);
  expect(closeUp([0.1, 0.1, 0.4, 0.2]).map((v) => Math.round(v * 100) / 100)).toEqual([0, 0.05, 0.6, 0.3]);
});
