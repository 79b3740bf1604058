import { expect, test } from "vitest";
import {
  type DwellInterval,
  dwellRange,
  dwellSegments,
  dwellTotals,
  instantAt,
  positionPct,
} from "./dwell-segments.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 4, 1, 0, 0, seconds)).toISOString();
const intervals: DwellInterval[] = [
  { state: "present", from: at(0), to: at(60) },
  { state: "blind", from: at(60), to: at(75) },
  { state: "absent", from: at(75), to: at(90) },
  { state: "present", from: at(100), to: at(200) },
];

test("segments lie on the strip in proportion to time", () => {
  const segments = dwellSegments(intervals, dwellRange(at(0), at(200), intervals));
  expect(segments.map((item) => [item.state, item.leftPct, item.widthPct])).toEqual([
    ["present", 0, 30],
    ["blind", 30, 7.5],
    ["absent", 37.5, 7.5],
    ["present", 50, 50],
  ]);
});

test("a stretch without an interval stays empty: it is neither presence nor absence", () => {
  const segments = dwellSegments(intervals, dwellRange(at(0), at(200), intervals));
  const covered = segments.reduce((sum, item) => sum + item.widthPct, 0);
  expect(covered).toBeCloseTo(95);
});

test("an interval that reaches beyond the act widens the strip", () => {
  const range = dwellRange(at(10), at(50), intervals);
  expect([range.fromMs, range.toMs]).toEqual([Date.parse(at(0)), Date.parse(at(200))]);
});

test("intervals are clipped to the range and empty ones left out", () => {
  const range = { fromMs: Date.parse(at(50)), toMs: Date.parse(at(70)) };
  expect(dwellSegments(intervals, range).map((item) => [item.state, item.leftPct, item.widthPct])).toEqual([
    ["present", 0, 50],
    ["blind", 50, 50],
  ]);
});

test("an act of no length still has a strip", () => {
  const range = dwellRange(at(5), at(5), []);
  expect(range.toMs).toBeGreaterThan(range.fromMs);
  expect(dwellSegments([], range)).toEqual([]);
});

test("totals count each state for itself", () => {
  expect(dwellTotals(intervals)).toEqual({ present: 160, absent: 15, blind: 15 });
});

test("a pointer on the strip and an instant in time are each other's inverse, held to the ends", () => {
  const range = dwellRange(at(0), at(200), intervals);
  expect(instantAt(0.25, range)).toBe(Date.parse(at(50)));
  expect(positionPct(Date.parse(at(50)), range)).toBe(25);
  expect(positionPct(Date.parse(at(900)), range)).toBe(100);
  expect(instantAt(-3, range)).toBe(range.fromMs);
});
