/** A drone hovers over a street where a stall stands on the pavement, then flies slowly along it. */
import * as THREE from "three";
import { createCanopy } from "../objects/canopy.ts";
import { createCart } from "../objects/cart.ts";
import { createGoods } from "../objects/goods.ts";
import { createPerson } from "../objects/person.ts";
import { createRandom } from "../random.ts";
import type { Stage } from "../stage.ts";
import { createRow } from "../street/buildings.ts";
import { roadYM } from "../street/ground.ts";
import type { Palette } from "../street/palette.ts";
import type { Clip, DroneFix } from "./clip.ts";
import { move, rounded, timeInside } from "./motion.ts";
import { type Area, aim, allDay, daylight, passersBy, polygonOf } from "./set.ts";
import { buildStreet, passingTraffic } from "./street-set.ts";

const durationS = 42;
const framesPerS = 8;
const hoverUntilS = 32;
const heightM = 35;
const pitchDeg = -62;
/** vertical field of view of a 24 mm (35 mm equivalent) lens on a 16:9 picture: 36 mm wide, 20.25 mm high */
const fovDeg = 45.7;
const home = { longitude: 121.52, latitude: 31.23 };
const market: Area = { x: [-5.5, 3.5], z: [0.6, 6.6] };

/** Where the lens is: held still by its gimbal, then 1.6 m/s eastward. */
function lensAt(timeS: number): { x: number; y: number; z: number } {
  const gone = Math.max(0, timeS - hoverUntilS);
  return {
    x: 1.6 * Math.max(0, gone - 0.5) + 1.6 * Math.min(0.5, gone) ** 2,
    y: heightM,
    z: 4.5 + heightM / Math.tan((-pitchDeg * Math.PI) / 180),
  };
}

export function dronePass(stage: Stage, palette: Palette): Clip {
  const random = createRandom(4401);
  const world = buildStreet(stage.scene, random, palette, {
    pavementM: 7,
    roadM: 10.5,
    bays: [],
    gaps: [[12, 17]],
    treesX: [-24, -17, -10, 8, 20, 27],
    parked: [
      [-14, 8.3],
      [-21, 8.3],
      [7, 8.3],
      [18, 8.3],
      [25, 16.6],
      [-4, 16.6],
    ],
    clutter: [
      [14, 10, 2],
      [6, -12, 3],
      [0, 13, 3],
    ],
    bikesX: [-13, -13.8, -14.6, 22, 22.8],
  });
  const across = createRow(random, palette, { fromX: -60, toX: 60 });
  across.rotation.y = Math.PI;
  across.position.z = 24;
  world.add(across);
  const follow = (timeS: number): void => {
    const p = lensAt(timeS);
    aim(stage, [p.x, p.y, p.z], [p.x, 0, p.z - p.y / Math.tan((-pitchDeg * Math.PI) / 180)], fovDeg);
  };
  follow(0);

  const cart = new THREE.Group();
  cart.add(createCart(random, "tricycle"));
  const parasol = createCanopy(random, "parasol", 0.7, 0x2564ae);
  parasol.position.x = -0.3;
  cart.add(parasol);
  const at = { x: -1.2, z: 4.2 };
  const cartMove = move(cart, [
    ...rounded(
      [
        { t: 2, x: -34, z: 10.4, y: roadYM },
        { t: 5, x: -7, z: 9.6, y: roadYM },
        { t: 6.6, ...at },
      ],
      8,
    ),
    { t: 27, ...at, turnRad: -0.05 },
    { t: 28.4, x: 3.8, z: 8.6, y: roadYM },
    { t: 33, x: 36, z: 9.8, y: roadYM },
  ]);
  const wares = [
    { kind: "fruit", x: -3.6, z: 4.6, wide: 1.8 } as const,
    { kind: "crates", x: 1.2, z: 4.8, wide: 1.6 } as const,
  ].map(({ kind, x, z, wide }, i) =>
    move(createGoods(random, kind, wide), [
      { t: 7 + i * 0.4, ...at, turnRad: 0 },
      { t: 7.8 + i * 0.4, x, z, turnRad: 0 },
      { t: 25.6 + i * 0.3, x, z, turnRad: 0 },
      { t: 26.4 + i * 0.3, ...at, turnRad: 0 },
    ]),
  );
  const tent = move(createCanopy(random, "tent", 0, 0xc9302c), [
    { t: 0, x: 34, z: 3.4, turnRad: 0 },
    { t: durationS, x: 34, z: 3.4, turnRad: 0 },
  ]);
  const seller = move(createPerson(random), [
    { t: 6.6, ...at, z: 3.2 },
    { t: 8, x: -0.6, z: 2.9 },
    { t: 25, x: -0.6, z: 2.9, turnRad: -Math.PI / 2 },
    { t: 27, ...at, z: 3.6 },
  ]);
  const buyers = [0, 1, 2].map((i) =>
    move(createPerson(random), [
      { t: 8 + i * 2, x: -18, z: 5.5 },
      { t: 16 + i * 2, x: -2.4 + i * 1.3, z: 5.9 },
      { t: 22 + i, x: -2.4 + i * 1.3, z: 5.9, turnRad: Math.PI / 2 },
      { t: 34 + i, x: 18, z: 5.2 },
    ]),
  );
  const movers = [
    cartMove,
    ...wares,
    tent,
    seller,
    ...buyers,
    ...passersBy(random, { count: 9, untilS: durationS, fromX: -30, toX: 30, z: [2.4, 5.8] }),
    ...passingTraffic(random, { count: 9, untilS: durationS, laneZ: [10.8, 14.2] }),
  ];
  for (const m of movers) stage.scene.add(m.thing);

  return {
    framesPerS,
    show: (timeS) => {
      for (const m of movers) m.show(timeS);
      follow(timeS);
    },
    light: (timeS) => {
      daylight(stage, timeS, {
        azimuthRad: 1.3,
        heightRad: 1.0,
        exposure: 1.15,
        cloudPeriodS: 60,
        centre: new THREE.Vector3(lensAt(timeS).x, 0, 6),
        reachM: 40,
        warmth: 0.3,
      });
    },
    moving: movers.map((m) => m.thing),
    cameraMoves: (timeS) => timeS > hoverUntilS,
    facts: () => {
      follow(0);
      const telemetry: DroneFix[] = Array.from({ length: durationS * framesPerS }, (_, i) => {
        const p = lensAt(i / framesPerS);
        // the reported position wanders by centimetres, as satellite fixes do, although the picture stands still
        const wander = { x: 0.06 * Math.sin(i * 0.11), y: 0.05 * Math.sin(i * 0.09), z: 0.05 * Math.sin(i * 0.07) };
        // x is east, −z is north; one degree of latitude is 110.87 km at 31° N
        return {
          longitude: home.longitude + (p.x + wander.x) / (111_320 * Math.cos((home.latitude * Math.PI) / 180)),
          latitude: home.latitude - (p.z + wander.z) / 110_870,
          relAltM: p.y + wander.y,
          yawDeg: 0,
          pitchDeg,
        };
      });
      return {
        framesPerS,
        durationS,
        startedAt: "2026-11-20T10:40:00.000+08:00",
        telemetry,
        scene: {
          source: {
            id: "drone-1",
            name: "浦东新区示例南路 无人机巡查",
            kind: "drone",
            longitude: home.longitude,
            latitude: home.latitude,
            timezone: "Asia/Shanghai",
          },
          lookEveryS: 1,
          zones: [
            {
              id: "south-walk-1",
              kind: "no_stall",
              polygon: polygonOf(stage, market),
              place: "浦东新区示例南路88号 门前人行道",
            },
          ],
          rules: [
            {
              violation: "STALL",
              zones: ["south-walk-1"],
              roles: ["cart", "canopy", "goods"],
              dwellS: 8,
              graceS: 4,
              minScore: 0.35,
              active: allDay,
            },
          ],
        },
        violations: [
          { violation: "STALL", zone: "south-walk-1", ...timeInside([cartMove, ...wares], market, durationS) },
        ],
        quietZones: [],
      };
    },
  };
}
