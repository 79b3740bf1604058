import { mkdtempSync, utimesSync, writeFileSync } from "node:fs";
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
  const { at } = await file.within(spot(west + 0.02, north - 0.02), 1_500);
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
  expect(away.at({ longitude: 10, latitude: 10 })).toBeNull();
});

test("a file whose tie points are the middles of cells is shifted by half a cell", async () => {
  const path = await write("point.tif", { ...degrees, GTRasterTypeGeoKey: 2 });
  const { at } = await (await openElevation({ path, datum: "ellipsoid", sigmaM: 1 })).within(
    spot(west + 0.02, north - 0.015),
    1_200,
  );
  expect(at({ longitude: west + 0.02, latitude: north - 0.01 })?.elevationM).toBeCloseTo(2_100, 2);
});

/** A GeoTIFF of several images, each a coarser copy of the first; heights are cells of the first image from the west. */
function writeLevels(name: string, side: number, halvings: number): string {
  const fine = 0.00001;
  const geoKeys = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326];
  const images = Array.from({ length: halvings + 1 }, (_, nth) => side / 2 ** nth).map((cells) => {
    const pixels = Float32Array.from({ length: cells * cells }, (_, i) => (((i % cells) + 0.5) * side) / cells);
    return { cells, bytes: Buffer.from(pixels.buffer) };
  });
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])];
  let [end, link] = [8, 4];
  const put = (bytes: Buffer): number => {
    parts.push(bytes);
    end += bytes.length;
    return end - bytes.length;
  };
  const links: [number, number][] = [];
  for (const [nth, { cells, bytes }] of images.entries()) {
    const data = put(bytes);
    const doubles = (values: number[]) => put(Buffer.from(Float64Array.from(values).buffer));
    const entries: [number, number, number, number][] = [
      [254, 4, 1, nth === 0 ? 0 : 1],
      [256, 4, 1, cells],
      [257, 4, 1, cells],
      [258, 3, 1, 32],
      [259, 3, 1, 1],
      [262, 3, 1, 1],
      [273, 4, 1, data],
      [277, 3, 1, 1],
      [278, 4, 1, cells],
      [279, 4, 1, bytes.length],
      [339, 3, 1, 3],
    ];
    if (nth === 0)
      entries.push(
        [33550, 12, 3, doubles([fine, fine, 0])],
        [33922, 12, 6, doubles([0, 0, 0, west, north, 0])],
        [34735, 3, geoKeys.length, put(Buffer.from(Uint16Array.from(geoKeys).buffer))],
      );
    const directory = Buffer.alloc(2 + entries.length * 12 + 4);
    directory.writeUInt16LE(entries.length, 0);
    for (const [i, [tag, type, count, value]] of entries.entries()) {
      directory.writeUInt16LE(tag, 2 + i * 12);
      directory.writeUInt16LE(type, 4 + i * 12);
      directory.writeUInt32LE(count, 6 + i * 12);
      directory.writeUInt32LE(value, 10 + i * 12);
    }
    const at = put(directory);
    links.push([link, at]);
    link = at + directory.length - 4;
  }
  const file = Buffer.concat(parts);
  for (const [where, at] of links) file.writeUInt32LE(at, where);
  const path = join(folder, name);
  writeFileSync(path, file);
  return path;
}

test("a file that is too fine to be held is read from its coarser copy, at the same place; without one it is refused at the start", async () => {
  const side = 2_048;
  const file = await openElevation({ path: writeLevels("levels.tif", side, 2), datum: "egm96", sigmaM: 1 });
  const { at } = await file.within(spot(west + 0.01, north - 0.01), 2_000);
  for (const cell of [100, 777, 1_500]) {
    const height = at({ longitude: west + cell * 0.00001, latitude: north - 0.01 })?.elevationM;
    expect(height, `cell ${cell}`).toBeCloseTo(cell, 1);
  }
  // a small piece comes from the finest image
  const near = await file.within(spot(west + 0.01, north - 0.01), 200);
  expect(near.at({ longitude: west + 0.01, latitude: north - 0.01 })?.elevationM).toBeCloseTo(1_000, 1);
  const bare = openElevation({ path: writeLevels("bare.tif", side, 0), datum: "egm96", sigmaM: 1 });
  await expect(bare).rejects.toThrow(/gdaladdo.*overviews/);
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

test("a file's version is the same whenever it is opened, and another for another file, datum or error", async () => {
  const path = await write("version.tif", degrees);
  const versionOf = async (options: Partial<Parameters<typeof openElevation>[0]> = {}) =>
    (await openElevation({ path, datum: "egm96", sigmaM: 2, ...options })).version;
  const version = await versionOf();
  expect(await versionOf()).toBe(version);
  utimesSync(path, new Date(0), new Date(0));
  const others = [await versionOf(), await versionOf({ sigmaM: 3 }), await versionOf({ datum: "ellipsoid" })];
  expect(new Set([version, ...others]).size).toBe(4);
});
