import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeArrayBuffer } from "geotiff";
import { expect, test } from "vitest";
import { openElevation } from "./open-elevation.ts";

const folder = mkdtempSync(join(tmpdir(), "mingcha-elevation-"));
const [columns, rows, step] = [40, 30, 0.001];
const [west, north] = [121.5, 31.25];

/** A GeoTIFF whose heights are 100 times the longitude's and 10 times the latitude's distance from its corner in cells, one hole in it. */
async function write(name: string, keys: Record<string, unknown>): Promise<string> {
  const values = Float32Array.from(
    { length: columns * rows },
    (_, i) => 100 * (i % columns) + 10 * Math.floor(i / columns),
  );
  values[5 * columns + 5] = -9999;
  const bytes = await writeArrayBuffer(values, {
    width: columns,
    height: rows,
    ModelPixelScale: [step, step, 0],
    ModelTiepoint: [0, 0, 0, west, north, 0],
    GDAL_NODATA: "-9999",
    SampleFormat: [3],
    BitsPerSample: [32],
    ...keys,
  } as never);
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(bytes as ArrayBuffer));
  return path;
}
const degrees = { GTModelTypeGeoKey: 2, GeographicTypeGeoKey: 4326, GTRasterTypeGeoKey: 1 };
const spot = (longitude: number, latitude: number) => ({
  west: longitude,
  east: longitude,
  south: latitude,
  north: latitude,
});

test("heights are those of the middles of cells and between them, nothing in a hole, beside the file, or far from it", async () => {
  const file = await openElevation({ path: await write("plain.tif", degrees), datum: "egm96", sigmaM: 2 });
  const at = await file.within(spot(west + 0.02, north - 0.02), 1_500);
  const cell = (column: number, row: number) => ({
    longitude: west + (column + 0.5) * step,
    latitude: north - (row + 0.5) * step,
  });
  expect(at(cell(20, 12))).toMatchObject({ datum: "egm96", sigmaM: 2 });
  expect(at(cell(20, 12))?.elevationM).toBeCloseTo(2_120, 2);
  expect(at(cell(20.5, 12.5))?.elevationM).toBeCloseTo(2_175, 2);
  expect(at(cell(5, 5))).toBeNull();
  expect(at({ longitude: west - 0.01, latitude: north - 0.01 })).toBeNull();
  const away = await file.within(spot(10, 10), 500);
  expect(away({ longitude: 10, latitude: 10 })).toBeNull();
});

test("a file whose tie points are the middles of cells is shifted by half a cell", async () => {
  const path = await write("point.tif", { ...degrees, GTRasterTypeGeoKey: 2 });
  const at = await (await openElevation({ path, datum: "ellipsoid", sigmaM: 1 })).within(
    spot(west + 0.02, north - 0.015),
    1_200,
  );
  expect(at({ longitude: west + 0.02, latitude: north - 0.01 })?.elevationM).toBeCloseTo(2_100, 2);
});

test("of a file that is finer than is needed a thinner choice is read, without moving it and without reading all of it", async () => {
  const side = 2_000;
  const fine = 0.00001;
  const values = Float32Array.from({ length: side * side }, (_, i) => (i % side) + Math.floor(i / side) / 10);
  const bytes = await writeArrayBuffer(values, {
    width: side,
    height: side,
    ModelPixelScale: [fine, fine, 0],
    ModelTiepoint: [0, 0, 0, west, north, 0],
    SampleFormat: [3],
    BitsPerSample: [32],
    ...degrees,
  } as never);
  const path = join(folder, "fine.tif");
  writeFileSync(path, Buffer.from(bytes as ArrayBuffer));
  const at = await (await openElevation({ path, datum: "egm96", sigmaM: 1 })).within(
    spot(west + 0.01, north - 0.01),
    2_000,
  );
  for (const cell of [100, 777, 1_500]) {
    const height = at({ longitude: west + (cell + 0.5) * fine, latitude: north - 0.01 })?.elevationM ?? Number.NaN;
    // four cells are one in the thinned window
    expect(Math.abs(height - (cell + 99.95)), `cell ${cell}`).toBeLessThan(3);
  }
});

test("metres instead of degrees and what is no GeoTIFF are refused in one sentence of both languages", async () => {
  const metres = await write("metres.tif", { GTModelTypeGeoKey: 1, ProjectedCSTypeGeoKey: 32651 });
  await expect(openElevation({ path: metres, datum: "egm96", sigmaM: 1 })).rejects.toThrow(/经纬度.*degrees of WGS-84/);
  const text = join(folder, "text.tif");
  writeFileSync(text, "no picture");
  await expect(openElevation({ path: text, datum: "egm96", sigmaM: 1 })).rejects.toThrow(/高程文件不能使用/);
  await expect(openElevation({ path: join(folder, "gone.tif"), datum: "egm96", sigmaM: 1 })).rejects.toThrow(
    /MINGCHA_ELEVATION/,
  );
});
