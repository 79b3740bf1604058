import { expect, test } from "vitest";
import type { Look } from "./look.ts";
import { compareLooks, sessionGapMs, sessionGapMsOf, splitSessions } from "./session.ts";

const seen = (atMs: number, x: number | null, offsetMs = 0): Look => ({
  capturedAtMs: atMs,
  offsetMs,
  status: "seen",
  detections: x === null ? [] : [{ label: "car", role: "car", score: 0.5, boxNorm: [x, 0.5, 0.1, 0.1] }],
});
const missing = (atMs: number): Look => ({
  capturedAtMs: atMs,
  offsetMs: 0,
  status: "missing",
  reason: "decode_failed",
});

test("of one instant what was seen comes before what is missing, and overlapping recordings have one order", () => {
  const looks = [missing(10), seen(10, 0.4, 5), seen(10, null, 9), seen(5, null), missing(5)];
  const order = [...looks].sort(compareLooks);
  expect([...looks].reverse().sort(compareLooks)).toEqual(order);
  expect(order.map(({ capturedAtMs, status }) => [capturedAtMs, status])).toEqual([
    [5, "seen"],
    [5, "missing"],
    [10, "seen"],
    [10, "seen"],
    [10, "missing"],
  ]);
});

test("a gap longer than ten minutes, or than three looks where they are farther apart, parts two sessions", () => {
  const looks = [0, sessionGapMs, 2 * sessionGapMs + 1].map((atMs) => seen(atMs, null));
  expect(splitSessions(looks, sessionGapMsOf({ lookEveryS: 2 })).map((session) => session.length)).toEqual([2, 1]);
  expect(splitSessions(looks, sessionGapMsOf({ lookEveryS: 600 }))).toEqual([looks]);
  expect(splitSessions([], sessionGapMs)).toEqual([]);
});
