/** People and traffic of a variant: all of it passes, stops for a moment, or stands where it may. */
import * as THREE from "three";
import { type Mover, move } from "../clips/motion.ts";
import { createCar } from "../objects/car.ts";
import { createCarried } from "../objects/carried.ts";
import { createPerson } from "../objects/person.ts";
import { createOtherTruck } from "../objects/truck.ts";
import { createTwoWheeler } from "../objects/two-wheeler.ts";
import type { Random } from "../random.ts";
import { roadYM } from "../street/ground.ts";
import { createHeadlights } from "../weather.ts";

/** A person, some with a suitcase, pram or bags. */
export function walker(random: Random, carriesShare = 0.25): THREE.Object3D & { walk: (phaseRad: number) => void } {
  const person = createPerson(random);
  const group = new THREE.Group();
  group.add(person);
  if (random.chance(carriesShare)) group.add(createCarried(random));
  return Object.assign(group, { walk: person.walk });
}

/** Passers-by along the pavement; one in four stops on the way, for a talk or to look at something. */
export function crowd(
  random: Random,
  plan: { count: number; untilS: number; reachX: number; z: readonly [number, number] },
): Mover[] {
  return Array.from({ length: plan.count }, (_, i) => {
    const way = random.pick([-1, 1]);
    const speed = random.between(0.9, 1.6);
    const t = (i / Math.max(1, plan.count)) * plan.untilS + random.between(-12, 6);
    const z = random.between(...plan.z);
    const stopX = random.between(-plan.reachX * 0.5, plan.reachX * 0.5);
    const half = (plan.reachX + stopX * way) / speed;
    const stay = random.chance(0.25) ? random.between(3, 25) : 0;
    const rest = (plan.reachX - stopX * way) / speed;
    const z2 = z + random.between(-0.5, 0.5);
    return move(walker(random), [
      { t, x: -way * plan.reachX, z },
      { t: t + half, x: stopX, z: z2 },
      ...(stay > 0 ? [{ t: t + half + stay, x: stopX, z: z2, turnRad: random.between(-3, 3) }] : []),
      { t: t + half + stay + rest, x: way * plan.reachX, z: z2 },
    ]);
  });
}

/** A vehicle with lit lamps at night; `body` is what its footprint is measured on. */
export function vehicle(
  random: Random,
  body: THREE.Object3D,
  isNight: boolean,
  longM = 4.6,
): { thing: THREE.Group; body: THREE.Object3D } {
  const thing = new THREE.Group();
  thing.add(body);
  if (isNight && random.chance(0.9)) thing.add(createHeadlights(longM));
  return { thing, body };
}

/** Cars, riders and the odd truck on the carriageway between kerb and far side. */
export function traffic(
  random: Random,
  plan: { count: number; untilS: number; kerbZ: number; roadM: number; isNight: boolean },
): Mover[] {
  return Array.from({ length: plan.count }, (_, i) => {
    const kind = random.unit();
    const way = random.pick([-1, 1]);
    const z =
      kind < 0.35
        ? plan.kerbZ + random.between(0.7, 1.2)
        : plan.kerbZ + plan.roadM * (way > 0 ? 0.36 : 0.76) + random.between(-0.2, 0.2);
    const speed = kind < 0.35 ? random.between(3.5, 6) : random.between(5, 10);
    const t = (i / Math.max(1, plan.count)) * plan.untilS + random.between(-4, 5);
    let thing: THREE.Object3D;
    if (kind < 0.35) {
      thing = new THREE.Group();
      thing.add(createTwoWheeler(random));
      const rider = createPerson(random, "seated");
      rider.position.set(-0.35, 0.3, 0);
      thing.add(rider);
    } else if (kind < 0.9) thing = vehicle(random, createCar(random), plan.isNight).thing;
    else thing = vehicle(random, createOtherTruck(random), plan.isNight, 6).thing;
    return move(thing, [
      { t, x: -way * 48, z, y: roadYM },
      { t: t + 96 / speed, x: way * 48, z, y: roadYM },
    ]);
  });
}

/** Something large that stops at the kerb for some seconds and hides what is behind it. */
export function occluder(
  random: Random,
  plan: { atS: number; forS: number; x: number; kerbZ: number; isNight: boolean },
): Mover {
  const way = random.pick([-1, 1]);
  const z = plan.kerbZ + 1.6;
  const { thing } = vehicle(
    random,
    random.chance(0.5) ? createOtherTruck(random) : createCar(random, "van"),
    plan.isNight,
    5,
  );
  return move(thing, [
    { t: plan.atS - 6, x: plan.x - way * 40, z, y: roadYM },
    { t: plan.atS, x: plan.x, z, y: roadYM },
    { t: plan.atS + plan.forS, x: plan.x, z, y: roadYM, turnRad: way > 0 ? 0 : Math.PI },
    { t: plan.atS + plan.forS + 6, x: plan.x + way * 40, z, y: roadYM },
  ]);
}
