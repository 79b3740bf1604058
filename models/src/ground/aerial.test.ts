import { describe, expect, test } from "vitest";
import { type CameraPose, lensOf, movedBy } from "./camera-pose.ts";
import { areaOf, coverageOf } from "./coverage.ts";
import { frameFootprint } from "./frame-footprint.ts";
import { absoluteSigmaM, heightAboveGround, type KnownHeights, whyUnused } from "./height-above-ground.ts";
import { angleBetween, type PoseSample, sampleAt } from "./pose-between.ts";
import { clockTimeMaxS, timeErrorOf } from "./time-error.ts";

const at = { longitude: 121.5, latitude: 31.2 };
const lens = lensOf(4000, 3000, { fovHorizontalDeg: 73.74, fovVerticalDeg: 58.72, focal35Mm: null });
if (lens === null) throw new Error("no lens");
const pose = (change: Partial<CameraPose> = {}): CameraPose => ({
  ...at,
  heightAboveGroundM: 100,
  yawDeg: 0,
  pitchDeg: -90,
  rollDeg: 0,
  ...change,
});

describe("height above ground", () => {
  const none: KnownHeights = {
    rangeM: null,
    pitchDeg: -90,
    egm96M: null,
    ellipsoidM: null,
    heightM: null,
    sigmaVerticalM: null,
  };
  test("laser before elevation before take-off, and only the last with a warning", () => {
    const all = { ...none, rangeM: 71, egm96M: 130, heightM: 95 };
    const ground = { datum: "egm96", elevationM: 50, sigmaM: 1 } as const;
    expect(heightAboveGround(all, ground)).toMatchObject({ from: "laser", metres: 71, warning: null });
    expect(heightAboveGround({ ...all, rangeM: null }, ground)).toMatchObject({
      from: "elevation",
      metres: 80,
      warning: null,
    });
    const last = heightAboveGround({ ...all, rangeM: null });
    expect(last).toMatchObject({ from: "take_off", metres: 95 });
    expect(last?.warning?.zh).toContain("起飞点");
  });
  test("a height over an elevation is as unsure as both: what the recording states of its own, else the metres of a plain receiver", () => {
    const ground = { datum: "egm96", elevationM: 50, sigmaM: 3 } as const;
    const sigmaOf = (sigmaVerticalM: number | null) =>
      heightAboveGround({ ...none, egm96M: 130, sigmaVerticalM }, ground)?.sigmaM;
    expect(sigmaOf(4)).toBeCloseTo(5, 9);
    expect(sigmaOf(null)).toBeCloseTo(Math.hypot(3, absoluteSigmaM), 9);
    expect(sigmaOf(0)).toBe(3);
  });
  test("an oblique laser is put upright", () => {
    expect(heightAboveGround({ ...none, rangeM: 200, pitchDeg: -30 })?.metres).toBeCloseTo(100, 6);
  });
  test("heights of different datums are not mixed", () => {
    const ground = { datum: "ellipsoid", elevationM: 50, sigmaM: 1 } as const;
    expect(heightAboveGround({ ...none, egm96M: 130 }, ground)).toBeNull();
  });
  test("where an elevation file is at hand and gave no height, the reason is told; where it did, nothing is", () => {
    const ground = { datum: "egm96", elevationM: 50, sigmaM: 1 } as const;
    const said = (known: Partial<KnownHeights>, below: typeof ground | null = ground) => {
      const all = { ...none, heightM: 80, ...known };
      const height = heightAboveGround(all, below);
      if (height === null) throw new Error("no height");
      return whyUnused(all, below, height)?.en ?? null;
    };
    expect(said({ egm96M: 130 })).toBeNull();
    expect(said({ egm96M: 130, rangeM: 71 })).toContain("which a laser measured");
    expect(said({ egm96M: 130 }, null)).toContain("knows no ground below");
    expect(said({ ellipsoidM: 130 })).toContain("none in its datum (EGM96)");
    expect(said({ egm96M: 40 })).toContain("not above its ground");
  });
  test("nothing known is nothing", () => {
    expect(heightAboveGround(none)).toBeNull();
    expect(heightAboveGround({ ...none, heightM: -3 })).toBeNull();
    expect(heightAboveGround({ ...none, rangeM: 50, pitchDeg: null })).toBeNull();
  });
});

describe("time between telemetry and picture", () => {
  const clip = { durationMs: 10_000, startUncertaintyMs: 60_000, isLaidByClock: false };
  test("a track inside keeps its own time whatever the clip's start is worth; a photo has none to keep", () => {
    expect(timeErrorOf(clip)).toEqual({ kind: "within", timeS: 0.1 });
    expect(timeErrorOf({ ...clip, durationMs: 0 })).toEqual({ kind: "within", timeS: 0 });
  });
  test("laid by the clock it is as unsure as the start, photos too, and beyond the limit nothing is said but why", () => {
    const byClock = { ...clip, isLaidByClock: true };
    for (const durationMs of [0, 10_000]) {
      const time = (startUncertaintyMs: number) => timeErrorOf({ ...byClock, durationMs, startUncertaintyMs });
      expect(time(0)).toEqual({ kind: "within", timeS: 0.1 });
      expect(time(1_000)).toEqual({ kind: "within", timeS: 1 });
      expect(time(clockTimeMaxS * 1_000)).toEqual({ kind: "within", timeS: clockTimeMaxS });
      expect(time(5_000)).toMatchObject({ kind: "unsure", warning: { zh: expect.stringContaining("±5 秒") } });
    }
  });
});

describe("footprints", () => {
  test("straight down, the picture's ground is 150 × 112.5 m and its area that", () => {
    const ring = frameFootprint(pose(), lens);
    expect(ring).toHaveLength(24);
    expect(areaOf([[ring?.map((p): [number, number] => [p.longitude, p.latitude]) ?? []]])).toBeGreaterThan(16_700);
    expect(areaOf([[ring?.map((p): [number, number] => [p.longitude, p.latitude]) ?? []]])).toBeLessThan(17_000);
  });
  test("an oblique one ends where the ground is seen flatter than 20°: no point farther than height over tan 20°", () => {
    const ring = frameFootprint(pose({ pitchDeg: -30 }), lens) ?? [];
    const far = ring.map((p) =>
      Math.hypot((p.latitude - at.latitude) * 110_876, (p.longitude - at.longitude) * 95_300),
    );
    expect(Math.max(...far)).toBeLessThan(100 / Math.tan((20 * Math.PI) / 180) + 2);
    expect(Math.max(...far)).toBeGreaterThan(270);
  });
  test("a camera flatter than 20° and one without height show none", () => {
    expect(frameFootprint(pose({ pitchDeg: -19 }), lens)).toBeNull();
    expect(frameFootprint(pose({ heightAboveGroundM: 0 }), lens)).toBeNull();
  });
});

describe("coverage", () => {
  const square = (northM: number, eastM: number, sideM = 100) =>
    [
      [0, 0],
      [0, sideM],
      [sideM, sideM],
      [sideM, 0],
    ].map(([n = 0, e = 0]) => movedBy(at, northM + n, eastM + e));
  const hectare = 10_000;
  test("what is seen twice counts once", async () => {
    expect((await coverageOf([square(0, 0), square(0, 0), square(50, 0)])).areaM2 / hectare).toBeCloseTo(1.5, 1);
    expect((await coverageOf([square(0, 0), square(500, 500)])).polygons).toHaveLength(2);
  });
  test("of a district, the part inside it", async () => {
    const { districtShare } = await coverageOf([square(50, 50)], square(0, 0));
    expect(districtShare).toBeCloseTo(0.25, 3);
    expect((await coverageOf([square(900, 900)], square(0, 0))).districtShare).toBe(0);
    expect(await coverageOf([], square(0, 0))).toMatchObject({ areaM2: 0, districtShare: 0 });
    expect((await coverageOf([square(0, 0)])).districtShare).toBeNull();
  });
  test("four hundred overlapping frames of a flight are joined, whatever their turn", async () => {
    const rings = Array.from({ length: 400 }, (_, i) =>
      frameFootprint({ ...pose({ yawDeg: i * 7, pitchDeg: -60 }), ...movedBy(at, i * 3, i) }, lens),
    ).flatMap((ring) => (ring === null ? [] : [ring]));
    const { areaM2, polygons } = await coverageOf(rings);
    expect(polygons).toHaveLength(1);
    expect(areaM2).toBeGreaterThan(100_000);
    expect(areaM2).toBeLessThan(1_200 * 500);
  });
});

describe("a pose between samples", () => {
  const sample = (offsetMs: number, longitude: number | null, yaw: number | null = 0): PoseSample => ({
    offsetMs,
    longitude,
    latitude: longitude === null ? null : 31,
    heightM: 40 + offsetMs / 1_000,
    gimbalYawDeg: yaw,
    gimbalPitchDeg: -60,
    gimbalRollDeg: null,
  });
  test("position and height on the line, angles on the shorter way", () => {
    const found = sampleAt([sample(0, 121, 170), sample(1_000, 122, -170)], 750);
    expect(found).toMatchObject({
      offsetMs: 750,
      longitude: 121.75,
      heightM: 40.75,
      gimbalYawDeg: -175,
      gimbalRollDeg: null,
    });
    expect(angleBetween(-10, 10, 0.5)).toBe(0);
  });
  test("a gap longer than three seconds, or a second beyond the ends, gives none rather than an invented one", () => {
    expect(sampleAt([sample(0, 121), sample(3_001, 121)], 1_000)).toBeUndefined();
    expect(sampleAt([sample(0, 121), sample(3_000, 121)], 1_000)).toBeDefined();
    expect(sampleAt([sample(5_000, 121)], 3_999)).toBeUndefined();
    expect(sampleAt([sample(5_000, 121)], 6_000)).toMatchObject({ longitude: 121 });
    expect(sampleAt([], 0)).toBeUndefined();
  });
  test("what neither side knows stays unknown; what one knows is the nearer's", () => {
    expect(sampleAt([sample(0, null), sample(1_000, null)], 500)).toMatchObject({ longitude: null, heightM: 40.5 });
    expect(sampleAt([sample(0, null), sample(1_000, 121)], 900)).toMatchObject({ longitude: 121 });
    expect(sampleAt([sample(0, null), sample(1_000, 121)], 100)).toMatchObject({ longitude: null });
  });
});
