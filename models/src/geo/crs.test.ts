import { expect, test } from "vitest";
import { toWgs84 } from "./crs.ts";
import { distanceM } from "./distance.ts";
import { toGcj02 } from "./gcj02.ts";

test("a position read off a Chinese map comes back to within a tenth of a metre of where it is", () => {
  for (let longitude = 75; longitude <= 133; longitude += 1.3)
    for (let latitude = 19; latitude <= 52; latitude += 1.1) {
      const here = { longitude, latitude };
      expect(distanceM(here, toWgs84(toGcj02(here), "gcj02"))).toBeLessThan(0.1);
    }
});

test("what is WGS-84 already, or lies outside China, stays as it was typed", () => {
  const typed = { longitude: 121.123456789, latitude: 31.123456789 };
  expect(toWgs84(typed, "wgs84")).toEqual(typed);
  const tokyo = { longitude: 139.767, latitude: 35.681 };
  expect(toWgs84(tokyo, "gcj02")).toEqual(tokyo);
});
