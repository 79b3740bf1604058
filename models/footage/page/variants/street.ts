/** A street of two or three zones in a row, with one or two acts, decoys, passers-by and traffic. */
import * as THREE from "three";
import type { Truth } from "../clips/clip.ts";
import type { Mover } from "../clips/motion.ts";
import { type Area, allDay, calibrationOf, onPicture, polygonOf } from "../clips/set.ts";
import { createCar } from "../objects/car.ts";
import { createTwoWheeler } from "../objects/two-wheeler.ts";
import type { Random } from "../random.ts";
import { box, solid } from "../solid.ts";
import type { Stage } from "../stage.ts";
import { createRow } from "../street/buildings.ts";
import { createClutter, createTree } from "../street/clutter.ts";
import { createGround, roadYM } from "../street/ground.ts";
import type { Palette } from "../street/palette.ts";
import { put } from "../training/place.ts";
import { applyWeather, randomWeather, type Weather } from "../weather.ts";
import { type Played, playAct, type StreetViolation, streetViolations } from "./acts.ts";
import { hangCamera } from "./camera.ts";
import { decoysOf, standingDecoys } from "./decoys.ts";
import { crowd, occluder, traffic } from "./people.ts";
import type { Variant } from "./variant.ts";

/** Seconds between looks, and the times of the rules: a clip lasts a minute and a half, so minutes become seconds. */
const lookEveryS = 2;
export const dwellS = 20;
export const graceS = 10;

const zoneOf: Record<StreetViolation, { kind: string; z: (kerbZ: number) => readonly [number, number] }> = {
  CROSS_DOOR: { kind: "public_ground", z: () => [1, 3.9] },
  STALL: { kind: "no_stall", z: (kerbZ) => [1.5, kerbZ - 0.3] },
  ROAD_PILE: { kind: "public_ground", z: () => [0.5, 3.4] },
  SIDEWALK_PARK: { kind: "no_stopping", z: (kerbZ) => [0.9, kerbZ - 0.3] },
};

type Slot = { violation: StreetViolation; area: Area; hasAct: boolean; isEntrance: boolean };

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.whole(0, i);
    const [a, b] = [out[i], out[j]];
    if (a !== undefined && b !== undefined) [out[i], out[j]] = [b, a];
  }
  return out;
}

function slotsOf(random: Random, kerbZ: number): Slot[] {
  const count = random.pick([2, 2, 3]);
  const acts = random.pick([1, 1, 2]);
  const wide = random.between(5, 5.8);
  const step = wide + random.between(0.5, 1.2);
  const withAct = new Set(shuffled(random, [0, 1, 2].slice(0, count)).slice(0, acts));
  return shuffled(random, streetViolations)
    .slice(0, count)
    .map((violation, i) => {
      const x = (i - (count - 1) / 2) * step;
      return {
        violation,
        area: { x: [x - wide / 2, x + wide / 2], z: zoneOf[violation].z(kerbZ) },
        hasAct: withAct.has(i),
        isEntrance: violation === "SIDEWALK_PARK" && random.chance(0.5),
      };
    });
}

/** When an act goes on: some began before the clip, some outlast it, all stay well over the dwell time. */
function timesOf(random: Random, durationS: number): { fromS: number; toS: number } {
  const before = random.chance(0.15);
  const fromS = before ? -9 : random.between(8, durationS - 46);
  const toS = random.chance(0.15) ? durationS + 9 : random.between(Math.max(fromS, 0) + 30, durationS - 10);
  return { fromS, toS };
}

/** Houses, ground and what stands about; gives what may be taken away where it spoils every view. */
function dress(
  world: THREE.Group,
  random: Random,
  palette: Palette,
  { slots, kerbZ, roadM, weather }: { slots: readonly Slot[]; kerbZ: number; roadM: number; weather: Weather },
): THREE.Object3D[] {
  const gaps = slots.filter((s) => s.isEntrance).map((s) => s.area.x);
  world.add(createGround(random, palette, { pavementM: kerbZ, roadM, fromX: -60, toX: 60, driveways: gaps }));
  world.add(createRow(random, palette, { fromX: -60, toX: 60, gaps }));
  const across = createRow(random, palette, { fromX: -60, toX: 60 });
  across.rotation.y = Math.PI;
  across.position.z = kerbZ + roadM + random.between(9, 14);
  world.add(across);
  for (const slot of slots)
    if (slot.violation === "CROSS_DOOR")
      put(
        world,
        solid([box([slot.area.x[1] - slot.area.x[0], 0.012, 1], [0, 0, 0.5], 0x8f8a80)]),
        (slot.area.x[0] + slot.area.x[1]) / 2,
        0,
      );
  const edges = [slots[0]?.area.x[0] ?? 0, ...slots.map((s) => s.area.x[1])];
  const obstacles: THREE.Object3D[] = [];
  for (const x of [edges.at(-1) ?? 0, edges[0] ?? 0].flatMap((x, i) => [3, 9, 15].map((d) => x + (i === 0 ? d : -d))))
    if (random.chance(0.7))
      obstacles.push(put(world, createTree(random, weather.season), x, kerbZ - 0.8, random.unit() * 6));
  for (const x of edges)
    if (random.chance(0.4))
      obstacles.push(put(world, createTree(random, weather.season), x + 0.3, kerbZ - 0.8, random.unit() * 6));
  for (let i = random.whole(0, 4); i > 0; i--) {
    const x = random.pick([-1, 1]) * random.between(12, 22);
    obstacles.push(put(world, createCar(random), x, kerbZ + 1.5, random.pick([0, Math.PI]), roadYM));
  }
  const outside = (slots.length * 6.4) / 2 + 1.5;
  for (let i = random.whole(1, 4); i > 0; i--)
    obstacles.push(
      put(
        world,
        createClutter(random),
        random.pick([-1, 1]) * random.between(outside, outside + 7),
        random.between(0.8, kerbZ - 0.6),
      ),
    );
  for (let i = random.whole(0, 5); i > 0; i--)
    obstacles.push(put(world, createTwoWheeler(random), outside + 1 + i * 0.8, kerbZ - 1, -Math.PI / 2));
  return shuffled(random, obstacles);
}

/** The zone's edge at the houses as a door line in the picture, and how far things reach beyond it, metres. */
const doorOf = (stage: Stage, { x, z }: Area, reachZ: number): NonNullable<Truth["door"]> => ({
  line: [onPicture(stage, x[0], z[0]), onPicture(stage, x[1], z[0])],
  beyondM: Math.round((reachZ - z[0]) * 1_000) / 1_000,
});

export function streetVariant(stage: Stage, palette: Palette, random: Random, seed: number): Variant | undefined {
  const weather = randomWeather(random);
  const kerbZ = random.between(5.6, 7.4);
  const roadM = random.pick([7, 7, 10.5]);
  const durationS = 2 * random.whole(35, 41);
  const slots = slotsOf(random, kerbZ);
  const world = new THREE.Group();
  const obstacles = dress(world, random, palette, { slots, kerbZ, roadM, weather });
  stage.scene.add(world);

  const played: (Played & { slot: Slot })[] = [];
  const movers: Mover[] = [];
  const quiet = { kerbZ, durationS, isNight: weather.isNight };
  for (const slot of slots) {
    if (slot.hasAct) {
      const act = playAct[slot.violation](random, { ...quiet, area: slot.area, ...timesOf(random, durationS) });
      played.push({ ...act, slot });
      movers.push(...act.movers);
      if (slot.violation === "CROSS_DOOR" && random.chance(0.5))
        movers.push(
          ...(standingDecoys.CROSS_DOOR?.(random, { ...quiet, area: slot.area, canDriveThrough: false }) ?? []),
        );
    } else {
      const some = shuffled(random, decoysOf[slot.violation]).slice(0, random.whole(1, 2));
      for (const decoy of some)
        movers.push(...decoy(random, { ...quiet, area: slot.area, canDriveThrough: slot.isEntrance }));
    }
  }
  const people = random.pick([0, 3, 6, 10, 15, 25]);
  const passing = [
    ...crowd(random, { count: people, untilS: durationS, reachX: 17, z: [kerbZ - 1.7, kerbZ - 0.4] }),
    ...crowd(random, { count: Math.round(people / 4), untilS: durationS, reachX: 17, z: [1.2, kerbZ - 1.7] }),
    ...traffic(random, {
      count: random.pick([0, 4, 8, 14]),
      untilS: durationS,
      kerbZ,
      roadM,
      isNight: weather.isNight,
    }),
  ];
  const first = played[0];
  if (first && random.chance(0.25)) {
    const { fromS, toS } = first.truth;
    const atS = random.between(fromS + 8, Math.max(fromS + 9, toS - 16));
    const x = (first.slot.area.x[0] + first.slot.area.x[1]) / 2;
    passing.push(occluder(random, { atS, forS: random.between(3, 6), x, kerbZ, isNight: weather.isNight }));
  }
  movers.push(...passing);
  for (const m of movers) stage.scene.add(m.thing);
  const show = (timeS: number): void => {
    for (const m of movers) m.show(timeS);
  };
  const camera = hangCamera(stage, random, {
    areas: slots.map((s) => s.area),
    kerbZ,
    roadM,
    show,
    passing: passing.map((m) => m.thing),
    obstacles,
    moments: played.map(({ truth, mains }) => ({ atS: (truth.fromS + truth.toS) / 2, mains })),
  });
  if (!camera) return undefined;
  const centre = new THREE.Vector3((slots[0]?.area.x[0] ?? 0) / 2 + (slots.at(-1)?.area.x[1] ?? 0) / 2, 0, 4);
  applyWeather(stage, stage.scene, random, weather, { kerbZ, centre, reachM: 26 });
  const whole: Area = { x: [slots[0]?.area.x[0] ?? 0, slots.at(-1)?.area.x[1] ?? 0], z: [0.4, kerbZ - 0.3] };

  return {
    framesPerS: 1 / lookEveryS,
    show,
    light: (timeS) => driftLight(stage, weather, timeS, centre),
    moving: movers.map((m) => m.thing),
    cameraMoves: () => false,
    faults: weather.lens,
    facts: () => ({
      framesPerS: 1 / lookEveryS,
      durationS,
      startedAt: "2026-11-20T10:00:00.000+08:00",
      conditions: { seed, place: "street", weather: weather.kind, season: weather.season, people, ...camera },
      scene: {
        source: {
          id: `variant-${seed}`,
          name: `示例街道 ${seed}`,
          kind: "fixed",
          longitude: 121.52,
          latitude: 31.23,
          timezone: "Asia/Shanghai",
        },
        lookEveryS,
        calibration: calibrationOf(stage, whole),
        zones: slots.map((slot, i) => ({
          id: `zone-${i + 1}`,
          kind: zoneOf[slot.violation].kind,
          polygon: polygonOf(stage, slot.area),
          place: `示例街道${i + 1}号`,
        })),
        rules: slots.map((slot, i) => ({
          violation: slot.violation,
          zones: [`zone-${i + 1}`],
          dwellS,
          graceS,
          active: allDay,
        })),
      },
      violations: played.map(({ slot, truth, reachZ }) => ({
        violation: slot.violation,
        zone: `zone-${slots.indexOf(slot) + 1}`,
        ...truth,
        ...(reachZ === undefined ? {} : { door: doorOf(stage, slot.area, reachZ) }),
      })),
      quietZones: slots.flatMap((slot, i) => (slot.hasAct ? [] : [`zone-${i + 1}`])),
    }),
  };
}

/** Clouds pass and the sun moves on; lamps stay as they are. */
export function driftLight(stage: Stage, { sky, isNight }: Weather, timeS: number, centre: THREE.Vector3): void {
  if (isNight) return;
  const cloud = 0.5 + 0.5 * Math.sin((timeS / 61) * Math.PI * 2 + sky.sunAzimuthRad);
  stage.setSky(
    {
      ...sky,
      sunAzimuthRad: sky.sunAzimuthRad + timeS * 0.0004,
      clear: sky.clear * (0.75 + 0.25 * cloud),
      exposure: sky.exposure * (0.93 + 0.07 * cloud),
    },
    centre,
    26,
  );
}
