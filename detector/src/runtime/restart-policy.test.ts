import { describe, expect, test } from "vitest";
import { type EndKind, endKindOf, endsMax, faultsMax, isCondemned, restMs } from "./restart-policy.ts";

const times = (count: number, kind: EndKind): EndKind[] => Array.from({ length: count }, () => kind);

describe("a clip at whose hands processes end", () => {
  test("is put aside after three faults or hangs of the process itself", () => {
    expect(isCondemned(times(faultsMax - 1, "fault"))).toBe(false);
    expect(isCondemned(["fault", "hang", "fault"])).toBe(true);
  });
  test("is given more patience where the process was killed from outside", () => {
    expect(isCondemned(times(endsMax - 1, "outside"))).toBe(false);
    expect(isCondemned(times(endsMax, "outside"))).toBe(true);
    expect(isCondemned([...times(4, "outside"), "fault", "fault"])).toBe(false);
  });
});

test("a fault signal and an exit code are the process's own, a kill and a polite signal come from outside", () => {
  expect((["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL"] as const).map(endKindOf)).toEqual(times(4, "fault"));
  expect(endKindOf(null)).toBe("fault");
  expect((["SIGKILL", "SIGTERM", "SIGINT"] as const).map(endKindOf)).toEqual(times(3, "outside"));
});

describe("starting again", () => {
  test("happens at once for the first ends in a row", () => {
    expect([0, 1, 2, 3].map(restMs)).toEqual([0, 0, 0, 0]);
  });
  test("then waits twice as long each time, a minute at most", () => {
    expect([4, 5, 6, 7, 8, 9].map(restMs)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000]);
    expect(restMs(10)).toBe(60_000);
    expect(restMs(5_000)).toBe(60_000);
  });
});
