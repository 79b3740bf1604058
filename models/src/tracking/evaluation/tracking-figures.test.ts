import { expect, test } from "vitest";
import { median } from "../../geometry/box.ts";
import { advanceTracker, emptyTracker } from "../advance-tracker.ts";
import { type TrackerSettings, trackerSettings } from "../settings.ts";
import { figuresOf, plainSort, type TrackerFigures } from "./run-tracker.ts";
import { type StreetLook, syntheticStreet } from "./synthetic-street.ts";

const streetsOf = (everyS: number): StreetLook[][] =>
  Array.from({ length: 6 }, (_, i) => syntheticStreet(1001 + i, { lengthS: 40, everyS }));

/**
 * Floors a little under what was measured; see README. Streets 1 to 108 served to choose settings, these did not. `ahead`: how far plain
 * SORT must stay behind in HOTA; where looks come five times a second overlap alone decides nearly everything.
 */
const floors = [
  { everyS: 0.2, mota: 0.72, idf1: 0.77, hota: 0.63, ahead: -0.005 },
  { everyS: 0.5, mota: 0.68, idf1: 0.73, hota: 0.6, ahead: 0.1 },
  { everyS: 1, mota: 0.57, idf1: 0.64, hota: 0.55, ahead: 0.2 },
];

const row = (name: string, f: TrackerFigures, ratio: number): string =>
  `${name.padEnd(22)} MOTA ${f.mota.toFixed(3)}  IDF1 ${f.idf1.toFixed(3)}  HOTA ${f.hota.toFixed(3)}  AssA ${f.association.toFixed(3)}  switches ${String(f.switches).padStart(4)}  time ×${ratio.toFixed(2)}`;

/** Time of one tracker against the other, the two taking turns: median of nine turns, so that a busy machine does not decide. */
function timeRatio(streets: readonly StreetLook[][], settings: TrackerSettings, against: TrackerSettings): number {
  const once = (chosen: TrackerSettings): number => {
    const from = performance.now();
    for (const looks of streets) {
      const state = emptyTracker();
      for (const look of looks) advanceTracker(state, look, chosen);
    }
    return performance.now() - from;
  };
  return median(Array.from({ length: 9 }, () => once(settings) / once(against)));
}

test("on streets it was not set on the tracker keeps its figures, and plain SORT stays behind where looks are sparse", () => {
  const lines: string[] = [];
  for (const { everyS, ahead, ...floor } of floors) {
    const streets = streetsOf(everyS);
    const own = figuresOf(streets, everyS);
    const plain = figuresOf(streets, everyS, plainSort);
    const settings = trackerSettings(everyS * 1000, 0.35);
    lines.push(
      row(`${everyS} s tracker`, own, timeRatio(streets, settings, plainSort(settings))),
      row(`${everyS} s plain SORT`, plain, 1),
    );
    for (const key of ["mota", "idf1", "hota"] as const)
      expect.soft(own[key], `${key} at ${everyS} s`).toBeGreaterThanOrEqual(floor[key]);
    expect.soft(own.hota - plain.hota, `HOTA at ${everyS} s against plain SORT`).toBeGreaterThan(ahead);
    expect.soft(own.switches, `identity switches at ${everyS} s`).toBeLessThan(plain.switches * 1.2);
  }
  console.log(lines.join("\n"));
}, 60_000);
