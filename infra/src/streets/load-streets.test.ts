import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { distanceM, toGcj02 } from "@mingcha/models/geo";
import { expect, test } from "vitest";
import { loadStreets } from "./load-streets.ts";

test("street lines drawn on a Chinese map lie where the streets are", async () => {
  const here = [
    { longitude: 121.52, latitude: 31.23 },
    { longitude: 121.53, latitude: 31.24 },
  ];
  const coordinates = here.map(toGcj02).map(({ longitude, latitude }) => [longitude, latitude]);
  const file = join(mkdtempSync(join(tmpdir(), "mingcha-streets-")), "streets.geojson");
  const features = [{ type: "Feature", properties: { name: "示例路" }, geometry: { type: "LineString", coordinates } }];
  writeFileSync(file, JSON.stringify({ type: "FeatureCollection", features }));
  const pointsOf = async (crs?: "gcj02") => {
    const loaded = await loadStreets(file, crs);
    const line = loaded.kind === "ok" ? loaded.streets[0]?.lines[0] : undefined;
    return (line ?? []).map(([longitude, latitude]) => ({ longitude, latitude }));
  };
  const [shifted, typed] = [await pointsOf("gcj02"), await pointsOf()];
  expect(shifted).toHaveLength(2);
  here.forEach((point, nth) => {
    expect(distanceM(point, shifted[nth] ?? { longitude: 0, latitude: 0 })).toBeLessThan(0.1);
    expect(distanceM(point, typed[nth] ?? point)).toBeGreaterThan(300);
  });
});
