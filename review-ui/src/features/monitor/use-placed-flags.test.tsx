import type { MapFlags, PlacedFlag } from "@mingcha/models/http";
import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { usePlacedFlags } from "./use-placed-flags.ts";

const flag: PlacedFlag = {
  clueId: "00000000-0000-4000-8000-000000000001",
  sourceId: "drone-1",
  violationTitle: { zh: "占道", en: "Stall" },
  statedPlace: "示例路",
  longitude: 121.5,
  latitude: 31.2,
  ellipse: { longM: 9, shortM: 4, bearingDeg: 30, radius95M: 8 },
  heightFrom: "take_off",
  warnings: [],
  from: "2026-11-28T02:31:00.000Z",
  open: true,
};
const placedOf = (one: PlacedFlag): MapFlags["placed"] => ({
  flags: [one],
  cells: [],
  total: 1,
  cut: [],
  without: [],
});

test("the error that is drawn is another one as soon as it was computed anew at the same place, and the same object while it was not", () => {
  const { result, rerender } = renderHook(({ one }) => usePlacedFlags(placedOf(one), null, null), {
    initialProps: { one: flag },
  });
  let before = result.current.shapes;
  expect(before?.areas).toHaveLength(1);
  rerender({ one: { ...flag } });
  expect(result.current.shapes).toBe(before);
  for (const change of [{ longM: 20 }, { shortM: 8 }, { bearingDeg: 75 }]) {
    rerender({ one: { ...flag, ellipse: { ...flag.ellipse, ...change } } });
    expect(result.current.shapes, Object.keys(change)[0]).not.toBe(before);
    expect(result.current.shapes?.areas).not.toEqual(before?.areas);
    before = result.current.shapes;
  }
});
