import { describe, expect, test } from "vitest";
import { distanceM } from "../geo/distance.ts";
import { fixesOf, placeLook, type TrackFix } from "./place-look.ts";

const origin = { longitude: 121.5, latitude: 31.2 };
const metresPerDegree = 111_195;
const at = (eastM: number, northM: number) => ({
  longitude: origin.longitude + eastM / (metresPerDegree * Math.cos((origin.latitude / 180) * Math.PI)),
  latitude: origin.latitude + northM / metresPerDegree,
});

/** Numbers that look random and are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A car's true way by the second: goes, turns at corners, stops at lights; never harder than 3 m/s². Metres east and north. */
function drive(seconds: number, random: () => number): { east: number; north: number }[] {
  const way: { east: number; north: number }[] = [];
  const steps = 20;
  let [east, north, course, speed, wanted, turning] = [0, 0, 0, 0, 10, 0];
  for (let second = 0; second < seconds; second++) {
    if (random() < 0.05) wanted = [0, 5, 10, 15][Math.floor(random() * 4)] ?? 10;
    if (random() < 0.08 && turning === 0) turning = random() < 0.5 ? -Math.PI / 2 : Math.PI / 2;
    for (let step = 0; step < steps; step++) {
      way.push({ east, north });
      const dt = 1 / steps;
      speed += Math.max(-2, Math.min(1.5, wanted - speed)) * dt;
      // 2 m/s² across the way at most
      const rate = Math.sign(turning) * Math.min(Math.abs(turning) / dt, 2 / Math.max(speed, 2));
      course += rate * dt;
      turning = Math.abs(turning - rate * dt) < 1e-9 ? 0 : turning - rate * dt;
      east += Math.sin(course) * speed * dt;
      north += Math.cos(course) * speed * dt;
    }
  }
  return way;
}

describe("a look of a driving car", () => {
  const cases = [
    { name: "a fix a second, no clock error", everyS: 1, clockMs: 0, sigmaM: null, noiseM: 2.5 },
    { name: "a fix a second, clock off by 1 s", everyS: 1, clockMs: 1_000, sigmaM: null, noiseM: 2.5 },
    { name: "a fix every 3 s, clock off by 2 s", everyS: 3, clockMs: 2_000, sigmaM: null, noiseM: 2.5 },
    { name: "a fix every 5 s, no clock error", everyS: 5, clockMs: 0, sigmaM: null, noiseM: 2.5 },
    { name: "a receiver that states 1.5 m, clock off by 0.5 s", everyS: 1, clockMs: 500, sigmaM: 1.5, noiseM: 0.8 },
  ];
  const table: string[] = [];
  test.each(cases)("lies within its stated error of the truth: $name", ({ everyS, clockMs, sigmaM, noiseM, name }) => {
    const random = seeded(20_261_128);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const errors: number[] = [];
    const stated: number[] = [];
    for (let run = 0; run < 10; run++) {
      const way = drive(180, random);
      const truth = (ms: number) => way[Math.round(ms / 50)] as { east: number; north: number };
      const offMs = Math.round((random() * 2 - 1) * (clockMs / 50)) * 50;
      const track: TrackFix[] = [];
      for (let ms = 0; ms < 179_000; ms += everyS * 1_000) {
        const { east, north } = truth(ms);
        track.push({
          offsetMs: ms,
          ...at(east + normal() * noiseM, north + normal() * noiseM),
          sigmaHorizontalM: sigmaM,
        });
      }
      const fixes = fixesOf(track);
      for (let ms = 5_000; ms < 170_000; ms += 1_750) {
        const place = placeLook(fixes, ms, clockMs);
        if (place.kind !== "placed") continue;
        const { east, north } = truth(ms + offMs);
        errors.push(distanceM(place, at(east, north)));
        stated.push(place.errorM);
      }
    }
    const sorted = [...errors].sort((a, b) => a - b);
    const within = errors.filter((error, nth) => error <= (stated[nth] ?? 0)).length;
    const mean = stated.reduce((a, b) => a + b, 0) / stated.length;
    table.push(
      `${name}: ${errors.length} looks, median ${sorted[sorted.length >> 1]?.toFixed(1)} m, largest ${sorted.at(-1)?.toFixed(1)} m, stated ${mean.toFixed(1)} m on average`,
    );
    console.info(table.at(-1));
    expect(errors.length).toBeGreaterThan(900);
    expect(within).toBe(errors.length);
    // an error that is stated larger than it has to be names no street
    expect(mean).toBeLessThan(80);
  });
});

describe("no position is made up", () => {
  const straight = (fromS: number, toS: number): TrackFix[] =>
    Array.from({ length: toS - fromS + 1 }, (_, nth) => ({
      offsetMs: (fromS + nth) * 1_000,
      ...at(0, (fromS + nth) * 10),
    }));
  test("in a break of the fix, nor before the first and after the last", () => {
    const fixes = fixesOf([...straight(2, 10), ...straight(30, 40)]);
    for (const ms of [0, 1_500, 11_000, 20_000, 29_500, 41_000])
      expect(placeLook(fixes, ms, 0)).toEqual({ kind: "no_fix", offsetMs: ms, because: "gap" });
    expect(placeLook(fixes, 5_500, 0)).toMatchObject({ kind: "placed", speedMS: expect.closeTo(10, 1) });
  });
  test("where moments without a place stand between", () => {
    const blind = straight(11, 20).map(({ offsetMs }) => ({ offsetMs, longitude: null, latitude: null }));
    expect(placeLook(fixesOf([...straight(0, 10), ...blind, ...straight(21, 30)]), 15_000, 0).kind).toBe("no_fix");
  });
  test("beside a break that the clock's error reaches", () => {
    const fixes = fixesOf([...straight(0, 10), ...straight(30, 40)]);
    expect(placeLook(fixes, 9_000, 500).kind).toBe("placed");
    expect(placeLook(fixes, 9_000, 5_000)).toMatchObject({ because: "gap" });
  });
  test("where the receiver jumps, where there is no track, and where the clock is too unsure", () => {
    const jumped = straight(0, 10).map((fix, nth) => (nth === 5 ? { ...fix, ...at(400, 0) } : fix));
    expect(placeLook(fixesOf(jumped), 4_500, 0)).toMatchObject({ because: "jump" });
    expect(placeLook([], 0, 0)).toMatchObject({ because: "no_track" });
    expect(placeLook(fixesOf(straight(0, 200)), 100_000, 60_000)).toMatchObject({ because: "clock" });
  });
  test("what it is off by is the sum of its three parts", () => {
    const place = placeLook(fixesOf(straight(0, 10)), 4_500, 2_000);
    expect(place).toMatchObject({ fixM: 10, clockM: expect.closeTo(20, 1), betweenM: 0.375 });
    expect(place.kind === "placed" && place.errorM).toBeCloseTo(30.4, 1);
  });
});

test("the place of a moment takes no look through the whole track, nor does a clock that is off by an hour", () => {
  let reads = 0;
  const fixes = Array.from({ length: 36_000 }, (_, nth) => ({
    offsetMs: nth * 1_000,
    ...at(0, nth * 10),
    sigmaM: null,
  }));
  const counted = new Proxy(fixes, {
    get: (target, key, self) => {
      if (typeof key === "string" && /^\d+$/.test(key)) reads += 1;
      return Reflect.get(target, key, self);
    },
  });
  expect(placeLook(counted, 35_000_500, 1_000).kind).toBe("placed");
  expect(reads).toBeLessThan(100);
  reads = 0;
  expect(placeLook(counted, 18_000_500, 3_600_000)).toMatchObject({ because: "clock" });
  expect(reads).toBeLessThan(100);
});
