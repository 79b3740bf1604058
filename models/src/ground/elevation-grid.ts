import type { LonLat } from "../geo/gcj02.ts";
import type { GroundElevation } from "./height-above-ground.ts";

/** Height of the ground at a place, or null where it is not known. */
export type ElevationAt = (place: LonLat) => GroundElevation | null;

/** Part of an elevation file: rows from north to south, columns from west to east, one height in metres for the middle of each cell. */
export interface ElevationGrid {
  /** Middle of the cell at the north-west corner, degrees. */
  readonly westDeg: number;
  readonly northDeg: number;
  readonly stepLonDeg: number;
  readonly stepLatDeg: number;
  readonly columns: number;
  readonly rows: number;
  /** NaN: not known. */
  readonly values: Float32Array | Float64Array;
  readonly datum: GroundElevation["datum"];
  /** One standard deviation of a height. */
  readonly sigmaM: number;
}

/** Heights between the four middles of cells around a place, bilinear; null outside and beside a cell that is not known. */
export function elevationFrom(grid: ElevationGrid): ElevationAt {
  const { columns, rows, values, datum, sigmaM } = grid;
  return ({ longitude, latitude }) => {
    const x = (longitude - grid.westDeg) / grid.stepLonDeg;
    const y = (grid.northDeg - latitude) / grid.stepLatDeg;
    if (!(x >= 0 && y >= 0 && x <= columns - 1 && y <= rows - 1)) return null;
    const [left, top] = [Math.min(columns - 2, Math.floor(x)), Math.min(rows - 2, Math.floor(y))];
    const [right, down] = [x - left, y - top];
    const at = (column: number, row: number): number => values[row * columns + column] ?? Number.NaN;
    const upper = at(left, top) * (1 - right) + at(left + 1, top) * right;
    const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
    const elevationM = upper * (1 - down) + lower * down;
    return Number.isFinite(elevationM) ? { datum, elevationM, sigmaM } : null;
  };
}
