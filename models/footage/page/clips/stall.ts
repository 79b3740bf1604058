/** A seller's cart under a parasol comes and goes; a car stands on the pavement, another only crosses it; a pile of boxes never leaves. */
import * as THREE from "three";
import { createCanopy } from "../objects/canopy.ts";
import { createCar } from "../objects/car.ts";
import { createCart } from "../objects/cart.ts";
import { createGoods } from "../objects/goods.ts";
import { createPerson } from "../objects/person.ts";
import { createRandom } from "../random.ts";
import type { Stage } from "../stage.ts";
import { roadYM } from "../street/ground.ts";
import type { Palette } from "../street/palette.ts";
import { put } from "../training/place.ts";
import type { Clip } from "./clip.ts";
import { move, rounded, timeInside } from "./motion.ts";
import { type Area, aim, allDay, calibrationOf, daylight, passersBy, polygonOf } from "./set.ts";
import { buildStreet, passingTraffic } from "./street-set.ts";

const durationS = 92;
const noStall: Area = { x: [-6.6, -0.9], z: [2.6, 6.6] };
const entrance: Area = { x: [5.2, 11.6], z: [0.6, 6.6] };
const wallSide: Area = { x: [0.2, 4.4], z: [0.4, 2.6] };

export function stall(stage: Stage, palette: Palette): Clip {
  const random = createRandom(2203);
  const world = buildStreet(stage.scene, random, palette, {
    pavementM: 7,
    roadM: 7,
    bays: [],
    gaps: [[5.6, 11.2]],
    treesX: [-13, -8, 13.4],
    parked: [
      [-12, 12.9],
      [2, 12.9],
    ],
    clutter: [
      [2, -8.2, 1.2],
      [6, 13.2, 3.2],
      [5, 12.6, 1],
    ],
    bikesX: [-9.6, -10.4, -11.2],
  });
  const pile = createGoods(random, "cartons", 2.2);
  put(world, pile, 2.2, 1.05);
  put(world, createGoods(random, "sacks", 1.2), 3.6, 1.5, 0.2);
  aim(stage, [1.5, 6.6, 18.6], [2.4, 1.1, 2.6], 39);

  const cart = new THREE.Group();
  cart.add(createCart(random, "tricycle"));
  const parasol = createCanopy(random, "parasol", 0.7, 0xc9302c);
  parasol.position.x = -0.35;
  cart.add(parasol);
  const stallAt = { x: -3.7, z: 4.7 };
  const cartMove = move(cart, [
    ...rounded(
      [
        { t: 11, x: -22, z: 8.2, y: roadYM },
        { t: 14.2, x: -8, z: 8, y: roadYM },
        { t: 15.8, ...stallAt },
      ],
      8,
    ),
    { t: 66, ...stallAt, turnRad: -0.05 },
    { t: 67.2, x: -0.6, z: 7.4, y: roadYM },
    { t: 72, x: 26, z: 8.4, y: roadYM },
  ]);
  const wares = [{ kind: "crates", x: -5.4, z: 5.3 } as const, { kind: "buckets", x: -2.2, z: 5.9 } as const].map(
    ({ kind, x, z }, i) =>
      move(createGoods(random, kind, 1.1), [
        { t: 16.2 + i * 0.5, x: stallAt.x, z: stallAt.z, turnRad: 0 },
        { t: 17 + i * 0.5, x, z, turnRad: 0 },
        { t: 64.4 + i * 0.4, x, z, turnRad: 0 },
        { t: 65.2 + i * 0.4, x: stallAt.x, z: stallAt.z, turnRad: 0 },
      ]),
  );
  const seller = move(createPerson(random, "standing", { shirt: 0xb4561f }), [
    { t: 15.8, ...stallAt, z: 3.9 },
    { t: 17, x: -3.4, z: 3.5, turnRad: -Math.PI / 2 },
    { t: 64, x: -3.4, z: 3.5, turnRad: -Math.PI / 2 },
    { t: 65.6, x: -3.0, z: 4.2 },
  ]);

  const parkedCar = move(createCar(random, "suv", 0x8d9298), [
    ...rounded(
      [
        { t: 18, x: 34, z: 9, y: roadYM, turnRad: Math.PI },
        { t: 21, x: 14, z: 8.4, y: roadYM },
        { t: 23.4, x: 8.3, z: 4.5 },
      ],
      8,
    ),
    { t: 61, x: 8.3, z: 4.5, turnRad: 2.6 },
    { t: 63.2, x: 13.5, z: 8.6, y: roadYM, turnRad: 2.6 },
    { t: 64.6, x: 13.4, z: 9.6, y: roadYM, turnRad: Math.PI },
    { t: 70, x: -30, z: 10.6, y: roadYM },
  ]);
  const crossing = (t: number) =>
    move(
      createCar(random, "sedan"),
      rounded(
        [
          { t, x: 8.4, z: -14 },
          { t: t + 3, x: 8.4, z: -1 },
          { t: t + 4.6, x: 8.4, z: 5.6 },
          { t: t + 5.6, x: 11.5, z: 9.3, y: roadYM },
          { t: t + 8.5, x: 34, z: 9.4, y: roadYM },
        ],
        8,
      ),
    );
  const crossers = [crossing(3), crossing(74)];
  const buyer = (t: number, stayS: number, x: number, z: number) =>
    move(createPerson(random), [
      { t, x: -17, z: 5.9 },
      { t: t + 9, x, z, turnRad: Math.PI / 2 },
      { t: t + 9 + stayS, x, z, turnRad: Math.PI / 2 },
      { t: t + 20 + stayS, x: -17, z: 6.3 },
    ]);
  const crowd = [
    ...passersBy(random, { count: 12, untilS: durationS, fromX: -18, toX: 18, z: [2.2, 2.5] }),
    ...passingTraffic(random, { count: 9, untilS: durationS, laneZ: [9.6, 11.6] }),
  ];
  const movers = [
    cartMove,
    ...wares,
    seller,
    parkedCar,
    ...crossers,
    buyer(15, 11, -4.2, 6.0),
    buyer(34, 14, -3.1, 6.1),
    buyer(38, 8, -4.9, 6.3),
    ...crowd,
  ];
  for (const m of movers) stage.scene.add(m.thing);

  const centre = new THREE.Vector3(1.5, 0, 4);
  return {
    framesPerS: 8,
    show: (timeS) => {
      for (const m of movers) m.show(timeS);
    },
    light: (timeS) => {
      daylight(stage, timeS, {
        azimuthRad: 2.0,
        heightRad: 0.7,
        exposure: 1.15,
        cloudPeriodS: 55,
        centre,
        reachM: 26,
        warmth: 0.8,
      });
    },
    moving: movers.map((m) => m.thing),
    cameraMoves: () => false,
    facts: () => ({
      framesPerS: 8,
      durationS,
      startedAt: "2026-11-20T16:05:00.000+08:00",
      scene: {
        source: {
          id: "cam-market-3",
          name: "浦东新区示例东路弄口 枪机",
          kind: "fixed",
          longitude: 121.5236,
          latitude: 31.2318,
          timezone: "Asia/Shanghai",
        },
        lookEveryS: 2,
        calibration: calibrationOf(stage, { x: [-7, 11.2], z: [0.35, 6.9] }),
        zones: [
          {
            id: "no-stall-1",
            kind: "no_stall",
            polygon: polygonOf(stage, noStall),
            place: "浦东新区示例东路人行道（禁止设摊路段）",
          },
          {
            id: "entrance-1",
            kind: "no_stopping",
            polygon: polygonOf(stage, entrance),
            place: "浦东新区示例东路弄口人行道",
          },
          {
            id: "wall-side-1",
            kind: "public_ground",
            polygon: polygonOf(stage, wallSide),
            place: "浦东新区示例东路人行道墙侧",
          },
        ],
        rules: [
          {
            violation: "STALL",
            zones: ["no-stall-1"],
            roles: ["cart", "canopy", "goods"],
            dwellS: 20,
            graceS: 10,
            minScore: 0.35,
            active: allDay,
          },
          {
            violation: "SIDEWALK_PARK",
            zones: ["entrance-1"],
            roles: ["car"],
            dwellS: 20,
            graceS: 10,
            minScore: 0.35,
            active: allDay,
          },
          {
            violation: "ROAD_PILE",
            zones: ["wall-side-1"],
            roles: ["goods"],
            dwellS: 20,
            graceS: 10,
            minScore: 0.35,
            active: allDay,
          },
        ],
      },
      violations: [
        { violation: "STALL", zone: "no-stall-1", ...timeInside([cartMove, ...wares], noStall, durationS) },
        { violation: "SIDEWALK_PARK", zone: "entrance-1", ...timeInside([parkedCar], entrance, durationS) },
        { violation: "ROAD_PILE", zone: "wall-side-1", fromS: 0, toS: durationS },
      ],
      quietZones: [],
    }),
  };
}
