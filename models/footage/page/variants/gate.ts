/** The gate of a building site: tippers leave and enter, cars and people too, trucks pass on the road outside. */
import * as THREE from "three";
import { type Key, type Mover, move, rounded } from "../clips/motion.ts";
import { type Area, aim, allDay, calibrationOf, onPicture, polygonOf } from "../clips/set.ts";
import { createCar } from "../objects/car.ts";
import { createPerson } from "../objects/person.ts";
import { createTipper } from "../objects/truck.ts";
import type { Random } from "../random.ts";
import type { Stage } from "../stage.ts";
import { createClutter } from "../street/clutter.ts";
import { createGround, roadYM } from "../street/ground.ts";
import { createHoarding } from "../street/hoarding.ts";
import type { Palette } from "../street/palette.ts";
import { put } from "../training/place.ts";
import { applyWeather, randomWeather } from "../weather.ts";
import type { Hung } from "./camera.ts";
import { crowd, traffic, vehicle } from "./people.ts";
import { driftLight } from "./street.ts";
import { timeOnGround } from "./timing.ts";
import type { Variant } from "./variant.ts";

/** Seconds between looks: a truck is in the gate for some five seconds. */
const lookEveryS = 0.5;
/** `minContact` of TRUCK_UNCOVERED: a truck is at the gate while a fifth of it is. */
const truckShare = 0.2;

/** Out of the gate and away to one side; backwards in time it is the way in. */
function way(random: Random, atS: number, kerbZ: number, stopS: number): Key[] {
  const side = random.pick([-1, 1]);
  return [
    ...rounded([
      { t: atS - 7, x: 0, z: -32 },
      { t: atS - 2.8, x: random.between(-0.4, 0.4), z: -9 },
      { t: atS, x: 0, z: 1 },
    ]),
    ...(stopS > 0 ? [{ t: atS + stopS, x: 0, z: 1 }] : []),
    ...rounded(
      [
        { t: atS + stopS, x: 0, z: 1 },
        { t: atS + stopS + 2.4, x: side * 0.2, z: kerbZ + 3, y: roadYM },
        { t: atS + stopS + 4, x: side * 8, z: kerbZ + 4.8, y: roadYM },
        { t: atS + stopS + 7.5, x: side * 44, z: kerbZ + 5, y: roadYM },
      ],
      10,
    ).slice(1),
  ];
}

/** The same path driven the other way round. */
function backwards(keys: readonly Key[]): Key[] {
  const total = (keys[0]?.t ?? 0) + (keys.at(-1)?.t ?? 0);
  return [...keys].reverse().map((key) => ({ ...key, t: total - key.t }));
}

function hang(stage: Stage, random: Random, area: Area): Hung | undefined {
  for (let attempt = 0; attempt < 4000; attempt++) {
    const high = random.between(3.4, 11);
    aim(
      stage,
      [random.between(-12, 12), high, random.between(13, 22)],
      [random.between(-1, 1), random.between(0.6, 2), random.between(0, 2)],
      random.between(30, 66),
    );
    const corners = area.x.flatMap((x) => area.z.flatMap((z) => [onPicture(stage, x, z), onPicture(stage, x, z, 2.4)]));
    const [a, b] = [onPicture(stage, -0.5, 1.5), onPicture(stage, 0.5, 1.5)];
    if (corners.every(([x, y]) => x > 0.02 && x < 0.98 && y > 0.02 && y < 0.97) && Math.abs(b[0] - a[0]) > 0.03)
      return { cameraHeightM: Math.round(high * 10) / 10, fovDeg: Math.round(stage.camera.fov) };
  }
  return undefined;
}

export function gateVariant(stage: Stage, palette: Palette, random: Random, seed: number): Variant | undefined {
  const weather = randomWeather(random);
  const kerbZ = random.between(4.6, 6);
  const roadM = 9;
  const area: Area = { x: [-5.2, 5.2], z: [-3, kerbZ + 0.8] };
  const world = new THREE.Group();
  world.add(createGround(random, palette, { pavementM: kerbZ, roadM, fromX: -60, toX: 60, driveways: [[-4.4, 4.4]] }));
  world.add(createHoarding(random, { fromX: -60, toX: 60, gateFromX: -4.2, gateToX: 4.2 }));
  for (let i = random.whole(1, 4); i > 0; i--)
    put(
      world,
      createClutter(random, random.pick([4, 8, 9, 11])),
      random.pick([-1, 1]) * random.between(7, 12),
      random.between(1, 3.4),
    );
  stage.scene.add(world);

  const passes = random.whole(1, 3);
  const trucks: { mover: Mover; body: THREE.Object3D; cover: "open" | "covered" }[] = [];
  const movers: Mover[] = [];
  let atS = random.between(6, 9);
  for (let i = 0; i < passes; i++) {
    const cover = random.pick(["open", "covered"] as const);
    const isEntering = random.chance(0.35);
    const stopS = random.chance(0.5) ? random.between(1, 3) : 0;
    const { thing, body } = vehicle(random, createTipper(random, cover), weather.isNight, 8);
    const keys = way(random, atS, kerbZ, stopS);
    const mover = move(thing, isEntering ? backwards(keys) : keys);
    trucks.push({ mover, body, cover });
    atS += stopS + random.between(15, 19);
    // a car uses the same gate
    if (random.chance(0.3) && i + 1 < passes) {
      movers.push(move(vehicle(random, createCar(random), weather.isNight).thing, way(random, atS - 1, kerbZ, 0)));
      atS += 9;
    }
  }
  const durationS = Math.ceil(atS + 1);
  const people = random.pick([0, 2, 5, 9]);
  movers.push(
    ...trucks.map((t) => t.mover),
    ...crowd(random, { count: people, untilS: durationS, reachX: 18, z: [3.2, kerbZ - 0.3] }),
    ...traffic(random, {
      count: random.pick([0, 3, 6]),
      untilS: durationS,
      kerbZ: kerbZ + 4.4,
      roadM: 5,
      isNight: weather.isNight,
    }),
    move(createPerson(random, "standing", { helmet: 0xe8c21e, shirt: 0xe0701e }), [
      { t: -1, x: 5.4, z: 1.4 },
      { t: durationS * 0.5, x: 5.4, z: 1.4, turnRad: 2.4 },
      { t: durationS + 1, x: 5.9, z: 2.2, turnRad: 2.9 },
    ]),
  );
  for (const m of movers) stage.scene.add(m.thing);
  const camera = hang(stage, random, area);
  if (!camera) return undefined;
  const centre = new THREE.Vector3(0, 0, 3);
  applyWeather(stage, stage.scene, random, weather, { kerbZ, centre, reachM: 26 });

  return {
    framesPerS: 1 / lookEveryS,
    show: (timeS) => {
      for (const m of movers) m.show(timeS);
    },
    light: (timeS) => driftLight(stage, weather, timeS, centre),
    moving: movers.map((m) => m.thing),
    cameraMoves: () => false,
    faults: weather.lens,
    facts: () => ({
      framesPerS: 1 / lookEveryS,
      durationS,
      startedAt: "2026-11-20T14:00:00.000+08:00",
      conditions: { seed, place: "gate", weather: weather.kind, season: weather.season, people, ...camera },
      scene: {
        source: {
          id: `variant-${seed}`,
          name: `示例工地出入口 ${seed}`,
          kind: "gate",
          longitude: 121.53,
          latitude: 31.23,
          timezone: "Asia/Shanghai",
        },
        lookEveryS,
        calibration: calibrationOf(stage, { x: [-4.2, 4.2], z: [0, kerbZ] }),
        zones: [{ id: "gate-1", kind: "truck_gate", polygon: polygonOf(stage, area), place: "示例工地1号门" }],
        rules: [{ violation: "TRUCK_UNCOVERED", zones: ["gate-1"], active: allDay }],
      },
      violations: trucks
        .map(({ mover, body, cover }) => ({
          violation: "TRUCK_UNCOVERED",
          zone: "gate-1",
          ...timeOnGround(mover, body, area, truckShare, durationS),
          cover,
        }))
        .sort((a, b) => a.fromS - b.fromS),
      quietZones: [],
    }),
  };
}
