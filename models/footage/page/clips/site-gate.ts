/** Three tippers leave a construction site: one covered, two open. */
import * as THREE from "three";
import { createPerson } from "../objects/person.ts";
import { createTipper } from "../objects/truck.ts";
import { createRandom } from "../random.ts";
import type { Stage } from "../stage.ts";
import { createClutter } from "../street/clutter.ts";
import { createGround, roadYM } from "../street/ground.ts";
import { createHoarding } from "../street/hoarding.ts";
import type { Palette } from "../street/palette.ts";
import { put } from "../training/place.ts";
import type { Clip } from "./clip.ts";
import { move, rounded, timeInside } from "./motion.ts";
import { type Area, aim, allDay, calibrationOf, daylight, polygonOf } from "./set.ts";
import { passingTraffic } from "./street-set.ts";

const durationS = 66;
const gate: Area = { x: [-5.2, 5.2], z: [-3, 6.2] };

export function siteGate(stage: Stage, palette: Palette): Clip {
  const random = createRandom(3301);
  const world = new THREE.Group();
  world.add(createGround(random, palette, { pavementM: 5, roadM: 9, fromX: -60, toX: 60, driveways: [[-4.4, 4.4]] }));
  world.add(createHoarding(random, { fromX: -60, toX: 60, gateFromX: -4.2, gateToX: 4.2, title: "示例花园三期工程" }));
  put(world, createClutter(random, 8), -7.4, 2.2);
  put(world, createClutter(random, 9), 6.9, 1.6);
  put(world, createClutter(random, 4), -10, 1.2);
  stage.scene.add(world);
  aim(stage, [8.6, 7.6, 17.6], [0.4, 1.6, 0.6], 38);

  const passes = [
    { t: 4, cover: "covered", paint: 0x2c7a3f },
    { t: 24, cover: "open", paint: 0xd9a520 },
    { t: 44, cover: "open", paint: 0x1f4f9a },
  ] as const;
  const trucks = passes.map(({ t, cover, paint }) => ({
    cover,
    mover: move(createTipper(random, cover, paint), [
      ...rounded([
        { t, x: 0, z: -30 },
        { t: t + 3.4, x: 0, z: -9 },
        { t: t + 6, x: 0, z: 1.2 },
      ]),
      { t: t + 8, x: 0, z: 1.2 },
      ...rounded(
        [
          { t: t + 8, x: 0, z: 1.2 },
          { t: t + 10.4, x: 0.2, z: 8.6, y: roadYM },
          { t: t + 12, x: 8, z: 10.4, y: roadYM },
          { t: t + 15.5, x: 42, z: 10.6, y: roadYM },
        ],
        10,
      ).slice(1),
    ]),
  }));
  const guard = move(createPerson(random, "standing", { helmet: 0xe8c21e, shirt: 0xe0701e }), [
    { t: 0, x: 5.2, z: 1.2 },
    { t: 9, x: 5.2, z: 1.2, turnRad: 2.4 },
    { t: 12, x: 5.6, z: 2.2 },
    { t: durationS, x: 5.6, z: 2.2, turnRad: 2.9 },
  ]);
  const walkers = [22, 41, 60].map((t, i) =>
    move(createPerson(random), [
      { t: t - 4, x: i % 2 ? 18 : -18, z: 3.9 },
      { t: t + 20, x: i % 2 ? -18 : 18, z: 4.2 },
    ]),
  );
  const movers = [
    ...trucks.map((t) => t.mover),
    guard,
    ...walkers,
    ...passingTraffic(random, { count: 5, untilS: durationS, laneZ: [12.2, 12.4] }),
  ];
  for (const m of movers) stage.scene.add(m.thing);

  const centre = new THREE.Vector3(1, 0, 3);
  return {
    framesPerS: 8,
    show: (timeS) => {
      for (const m of movers) m.show(timeS);
    },
    light: (timeS) => {
      daylight(stage, timeS, {
        azimuthRad: 0.9,
        heightRad: 0.95,
        exposure: 1.15,
        cloudPeriodS: 48,
        centre,
        reachM: 26,
        warmth: 0.2,
      });
    },
    moving: movers.map((m) => m.thing),
    cameraMoves: () => false,
    facts: () => ({
      framesPerS: 8,
      durationS,
      startedAt: "2026-11-20T14:30:00.000+08:00",
      scene: {
        source: {
          id: "cam-gate-1",
          name: "示例花园三期工地出入口",
          kind: "gate",
          longitude: 121.5312,
          latitude: 31.2275,
          timezone: "Asia/Shanghai",
        },
        lookEveryS: 0.5,
        calibration: calibrationOf(stage, { x: [-4.2, 4.2], z: [0, 6] }),
        zones: [
          { id: "gate-1", kind: "truck_gate", polygon: polygonOf(stage, gate), place: "浦东新区示例花园三期工地1号门" },
        ],
        rules: [
          {
            violation: "TRUCK_UNCOVERED",
            zones: ["gate-1"],
            roles: ["truck"],
            // a box that names a part of the truck lasts a second at most
            dwellS: 2,
            graceS: 2,
            minScore: 0.5,
            active: allDay,
          },
        ],
      },
      violations: trucks.map(({ cover, mover }) => ({
        violation: "TRUCK_UNCOVERED",
        zone: "gate-1",
        ...timeInside([mover], gate, durationS),
        cover,
      })),
      quietZones: [],
    }),
  };
}
