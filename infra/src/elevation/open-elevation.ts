import { stat } from "node:fs/promises";
import { type Elevation, elevationFrom, type GroundElevation, movedBy } from "@mingcha/models/ground";
import { fromFile, type GeoTIFFImage } from "geotiff";
import { ConfigError, type Environment } from "../config/index.ts";

export interface ElevationOptions {
  /** GeoTIFF with degrees of WGS-84 or CGCS2000 as coordinates and one band of metres. */
  readonly path: string;
  readonly datum: GroundElevation["datum"];
  readonly sigmaM: number;
}

export interface GroundBox {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

export interface ElevationFile {
  /** Tells one file from another: how long it is, when it was changed, datum and error as configured. */
  readonly version: string;
  /** Heights of the ground within a box of degrees and so many metres around it. */
  readonly within: (box: GroundBox, marginM: number) => Promise<Elevation>;
}

/** WGS 84, its 3D form, CGCS2000 (EPSG): alike to a decimetre or two (ingest note §2.4). */
const datums = new Set([4326, 4979, 4490]);
const geographic = 2;
const pixelIsPoint = 2;
/** Cells that are held at once, whatever the file. */
const cellsMax = 1_000_000;
/** A flight of some kilometres and the margin around it; a file that needs more cells for it has to bring coarser copies of itself. */
const usualSideM = 5_000;

const refuse = (zh: string, en: string): ConfigError =>
  new ConfigError(`高程文件不能使用：${zh}。 The elevation file cannot be used: ${en}. (MINGCHA_ELEVATION)`);

/** Nothing is known. */
const nothing: Elevation = { at: () => null, cellM: Number.POSITIVE_INFINITY };

type Layout = ReturnType<typeof layoutOf>;

/**
 * Opens an elevation file; one that cannot be used is refused in one sentence. Heights are read as they are asked for, from the finest copy in it
 * whose window is small enough.
 */
export async function openElevation({ path, datum, sigmaM }: ElevationOptions): Promise<ElevationFile> {
  const [images, { size, mtimeMs }] = await Promise.all([readImages(path), stat(path)]).catch((error: Error) => {
    throw refuse(`无法读取（${error.message}）`, `it cannot be read (${error.message})`);
  });
  const [first] = images;
  if (first === undefined) throw refuse("没有图像", "there is no image in it");
  const whole = layoutOf(first);
  const levels = images
    .map((image) => ({ image, layout: thinned(whole, image) }))
    .sort((a, b) => b.layout.columns - a.layout.columns);
  if (levels.every(({ layout }) => cellsAcross(layout, usualSideM) > cellsMax))
    throw refuse(
      "分辨率过高，须带有概览图（如用 gdaladdo 生成）",
      "it is too fine without overviews (gdaladdo makes them)",
    );
  return {
    version: `${size}/${Math.round(mtimeMs)}/${datum}/${sigmaM}`,
    within: async (box, marginM) => {
      for (const { image, layout } of levels) {
        const window = windowOf(layout, box, marginM);
        const [columns, rows] = [window[2] - window[0], window[3] - window[1]];
        if (columns < 2 || rows < 2) return nothing;
        if (columns * rows > cellsMax) continue;
        const raster = await image.readRasters({ window: [...window], samples: [0], interleave: true });
        const noData = first.getGDALNoData();
        return elevationFrom({
          westDeg: layout.westDeg + window[0] * layout.stepLonDeg,
          northDeg: layout.northDeg - window[1] * layout.stepLatDeg,
          stepLonDeg: layout.stepLonDeg,
          stepLatDeg: layout.stepLatDeg,
          columns,
          rows,
          values: Float64Array.from(raster as ArrayLike<number>, (value) => (value === noData ? Number.NaN : value)),
          datum,
          sigmaM,
        });
      }
      // farther apart than any copy can hold: then nothing is known, and heights say that they are those above take-off
      return nothing;
    },
  };
}

async function readImages(path: string): Promise<GeoTIFFImage[]> {
  const file = await fromFile(path);
  const count = await file.getImageCount();
  return Promise.all(Array.from({ length: count }, (_, nth) => file.getImage(nth)));
}

/** Columns and rows of a layout from left and top to right and bottom, within it. */
function windowOf(layout: Layout, box: GroundBox, marginM: number): readonly [number, number, number, number] {
  const middle = { longitude: box.west, latitude: Math.max(Math.abs(box.south), Math.abs(box.north)) };
  const margin = movedBy(middle, marginM, marginM);
  const [north, east] = [margin.latitude - middle.latitude, margin.longitude - middle.longitude];
  const column = (longitude: number): number => (longitude - layout.westDeg) / layout.stepLonDeg;
  const row = (latitude: number): number => (layout.northDeg - latitude) / layout.stepLatDeg;
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return [
    within(Math.floor(column(box.west - east)), layout.columns),
    within(Math.floor(row(box.north + north)), layout.rows),
    within(Math.ceil(column(box.east + east)) + 1, layout.columns),
    within(Math.ceil(row(box.south - north)) + 1, layout.rows),
  ];
}

/** Cells of a square of so many metres, as far as the file reaches. */
function cellsAcross({ stepLonDeg, stepLatDeg, columns, rows, northDeg }: Layout, sideM: number): number {
  const corner = movedBy({ longitude: 0, latitude: northDeg }, sideM, sideM);
  const wide = Math.min(columns, corner.longitude / stepLonDeg);
  return wide * Math.min(rows, (corner.latitude - northDeg) / stepLatDeg);
}

/** A coarser copy covers what the first image covers. */
function thinned(whole: Layout, image: GeoTIFFImage): Layout {
  const [columns, rows] = [image.getWidth(), image.getHeight()];
  const [stepLonDeg, stepLatDeg] = [
    (whole.stepLonDeg * whole.columns) / columns,
    (whole.stepLatDeg * whole.rows) / rows,
  ];
  return {
    westDeg: whole.westDeg + (stepLonDeg - whole.stepLonDeg) / 2,
    northDeg: whole.northDeg - (stepLatDeg - whole.stepLatDeg) / 2,
    stepLonDeg,
    stepLatDeg,
    columns,
    rows,
  };
}

/** Middle of the first cell and the steps, in degrees; refused where the file's coordinates are none. */
function layoutOf(image: GeoTIFFImage) {
  const keys = image.getGeoKeys() ?? {};
  const code = Number(keys.GeographicTypeGeoKey ?? Number.NaN);
  if (keys.GTModelTypeGeoKey !== geographic || !datums.has(code))
    throw refuse("坐标须为 WGS-84 或 CGCS2000 经纬度", "its coordinates have to be degrees of WGS-84 or CGCS2000");
  const [west = Number.NaN, north = Number.NaN] = image.getOrigin();
  const [stepLonDeg = Number.NaN, down = Number.NaN] = image.getResolution();
  const stepLatDeg = -down;
  if (!(stepLonDeg > 0 && stepLatDeg > 0 && Number.isFinite(west + north)))
    throw refuse("缺少左上角坐标或分辨率", "its corner or its resolution is missing");
  const half = keys.GTRasterTypeGeoKey === pixelIsPoint ? 0 : 0.5;
  return {
    westDeg: west + half * stepLonDeg,
    northDeg: north - half * stepLatDeg,
    stepLonDeg,
    stepLatDeg,
    columns: image.getWidth(),
    rows: image.getHeight(),
  };
}

/** The installation's elevation file, or null where none is named. */
export async function openConfiguredElevation(environment: Environment): Promise<ElevationFile | null> {
  const { MINGCHA_ELEVATION: path, MINGCHA_ELEVATION_DATUM: datum, MINGCHA_ELEVATION_SIGMA_M: sigmaM } = environment;
  return path === undefined ? null : openElevation({ path, datum, sigmaM });
}
