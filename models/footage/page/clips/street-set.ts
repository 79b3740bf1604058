import * as THREE from "three";
import { createCar } from "../objects/car.ts";
import { createPerson } from "../objects/person.ts";
import { createTwoWheeler } from "../objects/two-wheeler.ts";
import type { Random } from "../random.ts";
import { type Bay, createRow } from "../street/buildings.ts";
import { createClutter, createTree } from "../street/clutter.ts";
import { createGround, roadYM } from "../street/ground.ts";
import type { Palette } from "../street/palette.ts";
import { put } from "../training/place.ts";
import { type Mover, move } from "./motion.ts";

export type StreetSet = {
  pavementM: number;
  roadM: number;
  bays: readonly Bay[];
  gaps?: readonly (readonly [number, number])[];
  treesX: readonly number[];
  parked: readonly (readonly [number, number])[];
  clutter: readonly (readonly [number, number, number])[];
  bikesX: readonly number[];
};

/** A street of shops dressed by list: nothing random stands where a zone lies. */
export function buildStreet(scene: THREE.Scene, random: Random, palette: Palette, set: StreetSet): THREE.Group {
  const world = new THREE.Group();
  world.add(
    createGround(random, palette, {
      pavementM: set.pavementM,
      roadM: set.roadM,
      fromX: -60,
      toX: 60,
      ...(set.gaps ? { driveways: set.gaps } : {}),
    }),
  );
  world.add(
    createRow(random, palette, { fromX: -60, toX: 60, bays: set.bays, ...(set.gaps ? { gaps: set.gaps } : {}) }),
  );
  for (const x of set.treesX) put(world, createTree(random), x, set.pavementM - 0.8, random.between(0, 6));
  for (const [x, z] of set.parked) put(world, createCar(random), x, z, Math.PI + random.between(-0.03, 0.03), roadYM);
  for (const [kind, x, z] of set.clutter) put(world, createClutter(random, kind), x, z);
  for (const x of set.bikesX)
    put(world, createTwoWheeler(random), x, set.pavementM - 1.1, -Math.PI / 2 + random.between(-0.2, 0.2));
  scene.add(world);
  return world;
}

/** Cars and riders that pass on the carriageway. */
export function passingTraffic(
  random: Random,
  plan: { count: number; untilS: number; laneZ: readonly [number, number] },
): Mover[] {
  return Array.from({ length: plan.count }, (_, i) => {
    const rider = random.chance(0.45);
    const east = random.chance(0.5);
    const z = rider ? plan.laneZ[0] - 1.2 : east ? plan.laneZ[0] : plan.laneZ[1];
    const speed = rider ? random.between(4, 6) : random.between(6, 9);
    const t = (i / plan.count) * plan.untilS + random.between(0, 5);
    const thing = new THREE.Group();
    if (rider) {
      thing.add(createTwoWheeler(random, "ebike"));
      const person = createPerson(random, "seated");
      person.position.set(-0.35, 0.3, 0);
      thing.add(person);
    } else thing.add(createCar(random));
    const [a, b] = east ? [-45, 45] : [45, -45];
    return move(thing, [
      { t, x: a, z, y: roadYM },
      { t: t + 90 / speed, x: b, z, y: roadYM },
    ]);
  });
}
