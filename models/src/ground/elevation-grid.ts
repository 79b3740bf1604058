import type { LonLat } from "../geo/gcj02.ts";
import { movedBy } from "./camera-pose.ts";
import type { GroundElevation } from "./height-above-ground.ts";

/** Height of the ground at a place, or null where it is not known. */
export type ElevationAt = (place: LonLat) => GroundElevation | null;

/** What is known of the ground's height around a flight. */
export interface Elevation {
  readonly at: ElevationAt;
  /** The shorter side of a cell, metres: what is narrower than it is not in there. */
  readonly cellM: number;
}

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
export function elevationFrom(grid: ElevationGrid): Elevation {
  const { columns, rows, values, datum, sigmaM } = grid;
  const at: ElevationAt = ({ longitude, latitude }) => {
    const x = (longitude - grid.westDeg) / grid.stepLonDeg;
    const y = (grid.northDeg - latitude) / grid.stepLatDeg;
    if (!(x >= 0 && y >= 0 && x <= columns - 1 && y <= rows - 1)) return null;
    const [left, top] = [Math.min(columns - 2, Math.floor(x)), Math.min(rows - 2, Math.floor(y))];
    const [right, down] = [x - left, y - top];
    const cell = (column: number, row: number): number => values[row * columns + column] ?? Number.NaN;
    const upper = cell(left, top) * (1 - right) + cell(left + 1, top) * right;
    const lower = cell(left, top + 1) * (1 - right) + cell(left + 1, top + 1) * right;
    const elevationM = upper * (1 - down) + lower * down;
    return Number.isFinite(elevationM) ? { datum, elevationM, sigmaM } : null;
  };
  return { at, cellM: cellOf(grid) };
}

function cellOf({ westDeg, northDeg, stepLonDeg, stepLatDeg }: ElevationGrid): number {
  const corner = { longitude: westDeg, latitude: northDeg };
  const metre = movedBy(corner, 1, 1);
  return Math.min(stepLonDeg / (metre.longitude - corner.longitude), stepLatDeg / (metre.latitude - corner.latitude));
}
