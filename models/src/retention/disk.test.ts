import { describe, expect, test } from "vitest";
import { forecastDisk } from "./disk.ts";

const hour = 3_600_000;
const gib = 2 ** 30;
const marks = { minFreeBytes: gib, lowFreeBytes: 4 * gib };
/** So many hours of samples that lose `perDay` a day and end at `freeBytes`. */
const shrinking = (hours: number, perDay: number, freeBytes: number) =>
  Array.from({ length: hours }, (_, back) => ({
    atMs: -(back + 1) * hour,
    freeBytes: freeBytes + ((back + 1) / 24) * perDay,
  }));
const at = (freeBytes: number, samples = shrinking(0, 0, 0)) => forecastDisk({ atMs: 0, freeBytes }, samples, marks);

describe("free space", () => {
  test("the marks themselves still count as room", () => {
    expect(at(4 * gib).level).toBe("ok");
    expect(at(4 * gib - 1).level).toBe("low");
    expect(at(gib).level).toBe("low");
    expect(at(gib - 1).level).toBe("full");
  });

  test("a pace that fills it within two weeks warns before anything is refused", () => {
    const soon = at(11 * gib, shrinking(48, gib, 11 * gib));
    expect(soon.level).toBe("forecast");
    expect(soon.daysLeft).toBeCloseTo(10, 1);
    expect(at(30 * gib, shrinking(48, gib, 30 * gib)).level).toBe("ok");
  });

  test("space that grows, or too little that is known, gives no number", () => {
    expect(at(9 * gib, shrinking(48, -gib, 9 * gib)).daysLeft).toBeNull();
    expect(at(9 * gib, shrinking(3, 9 * gib, 9 * gib))).toEqual({ level: "ok", bytesPerDay: null, daysLeft: null });
  });

  test("a low mark that was set below the other one counts as that", () => {
    const odd = forecastDisk({ atMs: 0, freeBytes: gib }, [], { minFreeBytes: gib, lowFreeBytes: 0 });
    expect(odd.level).toBe("ok");
  });
});
