import { expect, test } from "vitest";
import { type CameraPose, type Lens, lensOf, movedBy } from "./camera-pose.ts";
import { type Elevation, elevationFrom } from "./elevation-grid.ts";
import { heightOverTerrain } from "./terrain-height.ts";

const lens = lensOf(1920, 1080, { fovHorizontalDeg: 70, fovVerticalDeg: null, focal35Mm: null }) as Lens;
const foot = { longitude: 121.5, latitude: 31.2 };
const camera: CameraPose = { ...foot, heightAboveGroundM: 80, yawDeg: 0, pitchDeg: -45, rollDeg: 0 };
const middle = [lens.middleXPx, lens.middleYPx] as const;

/** Level ground in cells of so many metres, with a dyke across the sight: its crest so many metres away, as high as said, falling to nothing within a cell. */
function withDyke(cellM: number, crestM: number, highM: number): Elevation {
  const [columns, rows] = [9, Math.ceil(400 / cellM)];
  const cell = movedBy(foot, cellM, cellM);
  const [stepLonDeg, stepLatDeg] = [cell.longitude - foot.longitude, cell.latitude - foot.latitude];
  const north = movedBy(foot, crestM, 0).latitude + Math.round((300 - crestM) / cellM) * stepLatDeg;
  const crestRow = Math.round((300 - crestM) / cellM);
  return elevationFrom({
    westDeg: foot.longitude - 4 * stepLonDeg,
    northDeg: north,
    stepLonDeg,
    stepLatDeg,
    columns,
    rows,
    values: Float64Array.from({ length: columns * rows }, (_, i) => (Math.floor(i / columns) === crestRow ? highM : 0)),
    datum: "egm96",
    sigmaM: 1,
  });
}

test("a cell's shorter side is told in metres, whatever the latitude makes of a degree", () => {
  expect(withDyke(2, 60, 30).cellM).toBeCloseTo(2, 2);
  const [stepLonDeg, stepLatDeg] = [1e-4, 1e-4];
  const values = new Float64Array(4);
  const grid = { westDeg: 20, northDeg: 60, columns: 2, rows: 2, values, datum: "egm96", sigmaM: 1 } as const;
  expect(elevationFrom({ ...grid, stepLonDeg, stepLatDeg }).cellM).toBeCloseTo(5.58, 1);
});

test("a dyke narrower than ten metres is met wherever it lies across the sight, not stepped over", () => {
  for (const cellM of [1, 2, 4])
    for (let crestM = 50; crestM < 60; crestM += 0.7) {
      const overM = heightOverTerrain(camera, lens, middle, withDyke(cellM, crestM, 50));
      // at 45° the ray is as high above the ground as the way that is left: on the dyke's near side
      expect(80 - (overM ?? 80), `cells of ${cellM} m, crest at ${crestM.toFixed(1)} m`).toBeGreaterThan(19);
    }
});

test("level ground gives the height that it was asked with, in cells of any size", () => {
  for (const cellM of [0.25, 5, 30])
    expect(heightOverTerrain(camera, lens, middle, withDyke(cellM, 250, 0))).toBeCloseTo(80, 3);
});

test("a ray is followed in a bounded number of looks however fine the file, and in few where it is coarse", () => {
  const looksIn = (cellM: number): number => {
    let looks = 0;
    const at: Elevation["at"] = () => {
      looks++;
      return { datum: "egm96", elevationM: 0, sigmaM: 1 };
    };
    heightOverTerrain({ ...camera, heightAboveGroundM: 1_990, pitchDeg: -89 }, lens, middle, { at, cellM });
    return looks;
  };
  expect(looksIn(0.01)).toBeLessThan(4_050);
  expect(looksIn(30)).toBeLessThan(250);
});
