/** A fruit and snack shop puts wares and tables beyond its door line, and takes them in again a minute later. */
import * as THREE from "three";
import { createStool, createTable } from "../objects/furniture.ts";
import { createGoods } from "../objects/goods.ts";
import { createPerson } from "../objects/person.ts";
import { createTwoWheeler } from "../objects/two-wheeler.ts";
import { createRandom } from "../random.ts";
import type { Stage } from "../stage.ts";
import { paintShopFront, paintSign } from "../street/paint.ts";
import type { Palette } from "../street/palette.ts";
import type { Clip } from "./clip.ts";
import { move, timeInside } from "./motion.ts";
import { type Area, aim, allDay, calibrationOf, daylight, passersBy, polygonOf } from "./set.ts";
import { buildStreet, passingTraffic } from "./street-set.ts";

const durationS = 112;
const apron12: Area = { x: [-5.9, -0.9], z: [0.55, 4.3] };
const apron14: Area = { x: [0.4, 5.3], z: [0.55, 4.3] };

export function shopCrossDoor(stage: Stage, palette: Palette): Clip {
  const random = createRandom(1201);
  buildStreet(stage.scene, random, palette, {
    pavementM: 6.4,
    roadM: 7,
    bays: [
      { fromX: -6, toX: -0.8, sign: paintSign(random, "鲜果园水果店", "12号"), front: paintShopFront(random) },
      { fromX: -0.8, toX: 5.4, sign: paintSign(random, "老街面馆", "14号"), front: paintShopFront(random) },
    ],
    treesX: [-12.5, -7.4, 6.9, 12],
    parked: [
      [-10.5, 12.2],
      [9.4, 12.2],
      [14, 7.5],
    ],
    clutter: [
      [2, -7.6, 2.6],
      [4, 7.2, 1.1],
      [6, 6.6, 5.2],
    ],
    bikesX: [8.6, 9.4, 10.1, 10.9],
  });
  aim(stage, [1.6, 5.6, 15.4], [-0.4, 1.15, 2.0], 34);

  // wares come out of the door one by one and go back the same way
  const door = { x: -3.2, z: -0.6 };
  const wares = [
    { thing: createGoods(random, "fruit", 2), x: -4.6, z: 1.3, delay: 0 },
    { thing: createGoods(random, "crates", 1.2), x: -2.6, z: 1.2, delay: 0.4 },
    { thing: createTable(random, 0xc79a66), x: -1.9, z: 2.7, delay: 0.8 },
    { thing: createStool(random, 0xc92f2f), x: -2.8, z: 2.8, delay: 1.1 },
    { thing: createStool(random, 0xc92f2f), x: -1.1, z: 2.9, delay: 1.3 },
    { thing: createGoods(random, "cartons", 1.2), x: -4.4, z: 2.9, delay: 1.5 },
  ].map(({ thing, x, z, delay }) =>
    move(thing, [
      { t: 20 + delay, ...door, turnRad: 0 },
      { t: 20.9 + delay, x, z, turnRad: 0 },
      { t: 82 + delay, x, z, turnRad: 0 },
      { t: 82.9 + delay, ...door, turnRad: 0 },
    ]),
  );
  const staff = (z: number, x: number, out: number, back: number) =>
    move(createPerson(random, "standing", { shirt: 0x2f8f4b }), [
      { t: out, ...door },
      { t: out + 1.6, x, z },
      { t: back, x, z },
      { t: back + 1.6, ...door },
    ]);
  const talkers = [
    move(createPerson(random), [
      { t: 8, x: 13, z: 3.4 },
      { t: 16, x: 2.6, z: 2.6 },
      { t: 52, x: 2.6, z: 2.6 },
      { t: 66, x: -15, z: 4.6 },
    ]),
    move(createPerson(random), [
      { t: 12, x: -14, z: 4.9 },
      { t: 25, x: 3.5, z: 2.4, turnRad: 2.8 },
      { t: 54, x: 3.5, z: 2.4, turnRad: 2.8 },
      { t: 61, x: 13, z: 4 },
    ]),
    move(createPerson(random), [
      { t: 66, x: 14, z: 2.2 },
      { t: 75, x: 4.4, z: 1.6 },
      { t: 99, x: 4.4, z: 1.6 },
      { t: 108, x: 14, z: 2.6 },
    ]),
    move(createTwoWheeler(random, "ebike"), [
      { t: 30, x: 14, z: 3.6 },
      { t: 34, x: 1.3, z: 3.2 },
      { t: 78, x: 1.3, z: 3.2 },
      { t: 82, x: 14, z: 3.9 },
    ]),
  ];
  const customers = [
    move(createPerson(random), [
      { t: 36, x: -15, z: 4.4 },
      { t: 44, x: -4.7, z: 2.1, turnRad: Math.PI / 2 },
      { t: 58, x: -4.7, z: 2.1, turnRad: Math.PI / 2 },
      { t: 68, x: -15, z: 3.6 },
    ]),
    move(createPerson(random, "seated"), [
      { t: 40, x: -1.15, z: 2.95, turnRad: 2.6 },
      { t: 70, x: -1.15, z: 2.95, turnRad: 2.6 },
    ]),
  ];
  const crowd = [
    ...passersBy(random, { count: 17, untilS: durationS, fromX: -16, toX: 16, z: [3.6, 5.4] }),
    ...passingTraffic(random, { count: 16, untilS: durationS, laneZ: [8.6, 11] }),
  ];
  const movers = [...wares, staff(1.9, -3.5, 19.4, 24), staff(2.2, -2.2, 81, 85), ...talkers, ...customers, ...crowd];
  for (const m of movers) stage.scene.add(m.thing);

  const centre = new THREE.Vector3(-0.5, 0, 4);
  return {
    framesPerS: 8,
    show: (timeS) => {
      for (const m of movers) m.show(timeS);
    },
    light: (timeS) => {
      daylight(stage, timeS, {
        azimuthRad: 1.05,
        heightRad: 0.85,
        exposure: 1.15,
        cloudPeriodS: 70,
        centre,
        reachM: 24,
        warmth: 0.4,
      });
    },
    moving: movers.map((m) => m.thing),
    cameraMoves: () => false,
    facts: () => ({
      framesPerS: 8,
      durationS,
      startedAt: "2026-11-20T09:12:00.000+08:00",
      scene: {
        source: {
          id: "cam-shop-12",
          name: "浦东新区示例路12号 沿街球机",
          kind: "fixed",
          longitude: 121.52,
          latitude: 31.23,
          timezone: "Asia/Shanghai",
        },
        lookEveryS: 2,
        calibration: calibrationOf(stage, { x: [-6, 5.4], z: [0.35, 6.3] }),
        zones: [
          {
            id: "apron-12",
            kind: "public_ground",
            polygon: polygonOf(stage, apron12),
            place: "浦东新区示例路12号 门前公共场地",
          },
          {
            id: "apron-14",
            kind: "public_ground",
            polygon: polygonOf(stage, apron14),
            place: "浦东新区示例路14号 门前公共场地",
          },
        ],
        rules: [
          {
            violation: "CROSS_DOOR",
            zones: ["apron-12", "apron-14"],
            roles: ["goods", "furniture"],
            dwellS: 20,
            graceS: 10,
            minScore: 0.35,
            active: allDay,
          },
        ],
      },
      violations: [{ violation: "CROSS_DOOR", zone: "apron-12", ...timeInside(wares, apron12, durationS) }],
      quietZones: ["apron-14"],
    }),
  };
}
