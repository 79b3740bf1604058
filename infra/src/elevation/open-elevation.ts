import { type ElevationAt, elevationFrom, type GroundElevation, movedBy } from "@mingcha/models/ground";
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
  /** Heights of the ground within a box of degrees and so many metres around it. */
  readonly within: (box: GroundBox, marginM: number) => Promise<ElevationAt>;
}

/** WGS 84, its 3D form, CGCS2000 (EPSG): alike to a decimetre or two (ingest note §2.4). */
const datums = new Set([4326, 4979, 4490]);
const geographic = 2;
const pixelIsPoint = 2;
/** A window of finer files is thinned to this: memory and time are bounded whatever the file. */
const cellsPerSideMax = 512;

const refuse = (zh: string, en: string): ConfigError =>
  new ConfigError(`高程文件不能使用：${zh}。 The elevation file cannot be used: ${en}. (MINGCHA_ELEVATION)`);

/** Opens an elevation file; one that cannot be used is refused in one sentence. Heights are read as they are asked for. */
export async function openElevation({ path, datum, sigmaM }: ElevationOptions): Promise<ElevationFile> {
  const image = await fromFile(path)
    .then((file) => file.getImage())
    .catch((error: Error) => {
      throw refuse(`无法读取（${error.message}）`, `it cannot be read (${error.message})`);
    });
  const grid = layoutOf(image);
  return {
    within: async (box, marginM) => {
      const middle = { longitude: box.west, latitude: Math.max(Math.abs(box.south), Math.abs(box.north)) };
      const margin = movedBy(middle, marginM, marginM);
      const [north, east] = [margin.latitude - middle.latitude, margin.longitude - middle.longitude];
      const column = (longitude: number): number => (longitude - grid.westDeg) / grid.stepLonDeg;
      const row = (latitude: number): number => (grid.northDeg - latitude) / grid.stepLatDeg;
      const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
      const left = within(Math.floor(column(box.west - east)), grid.columns);
      const right = within(Math.ceil(column(box.east + east)) + 1, grid.columns);
      const top = within(Math.floor(row(box.north + north)), grid.rows);
      const bottom = within(Math.ceil(row(box.south - north)) + 1, grid.rows);
      if (right - left < 2 || bottom - top < 2) return () => null;
      const columns = Math.min(right - left, cellsPerSideMax);
      const rows = Math.min(bottom - top, cellsPerSideMax);
      const raster = await image.readRasters({
        window: [left, top, right, bottom],
        width: columns,
        height: rows,
        samples: [0],
        interleave: true,
      });
      const noData = image.getGDALNoData();
      const [stepLonDeg, stepLatDeg] = [
        (grid.stepLonDeg * (right - left)) / columns,
        (grid.stepLatDeg * (bottom - top)) / rows,
      ];
      return elevationFrom({
        // the middle of the first cell of the thinned window
        westDeg: grid.westDeg + left * grid.stepLonDeg + (stepLonDeg - grid.stepLonDeg) / 2,
        northDeg: grid.northDeg - top * grid.stepLatDeg - (stepLatDeg - grid.stepLatDeg) / 2,
        stepLonDeg,
        stepLatDeg,
        columns,
        rows,
        values: Float64Array.from(raster as ArrayLike<number>, (value) => (value === noData ? Number.NaN : value)),
        datum,
        sigmaM,
      });
    },
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
