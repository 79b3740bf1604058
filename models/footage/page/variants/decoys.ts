/** What looks like an act and is none: too short, only passing, on the own side of the door line, beside the zone, or luggage. */
import * as THREE from "three";
import { type Mover, move, rounded } from "../clips/motion.ts";
import type { Area } from "../clips/set.ts";
import { createCar } from "../objects/car.ts";
import { createCarried } from "../objects/carried.ts";
import { createCart } from "../objects/cart.ts";
import { createChair, createStool } from "../objects/furniture.ts";
import { createGoods } from "../objects/goods.ts";
import { createPerson } from "../objects/person.ts";
import { createTwoWheeler } from "../objects/two-wheeler.ts";
import type { Random } from "../random.ts";
import { roadYM } from "../street/ground.ts";
import type { StreetViolation } from "./acts.ts";
import { vehicle } from "./people.ts";

export type Quiet = { area: Area; kerbZ: number; durationS: number; isNight: boolean; canDriveThrough: boolean };
type Decoy = (random: Random, quiet: Quiet) => Mover[];

const middle = ([a, b]: readonly [number, number]): number => (a + b) / 2;
const always = (thing: THREE.Object3D, x: number, z: number, turnRad: number, durationS: number, y = 0): Mover =>
  move(thing, [
    { t: -1, x, z, y, turnRad },
    { t: durationS + 1, x, z, y, turnRad },
  ]);

/** Wares put down by somebody who takes them away again within half the dwell time. */
const putDownShortly: Decoy = (random, { area, durationS }) => {
  const [fromS, forS] = [random.between(8, durationS - 24), random.between(5, 9)];
  const at = { x: middle(area.x) + random.between(-1.2, 1.2), z: middle(area.z) };
  const ware = createGoods(random, random.pick(["cartons", "crates", "sacks"]), 0.7);
  return [
    move(ware, [
      { t: fromS, ...at, turnRad: 0 },
      { t: fromS + forS, ...at, turnRad: 0 },
    ]),
    move(createPerson(random), [
      { t: fromS - 10, x: at.x - 13, z: at.z + 0.7 },
      { t: fromS, x: at.x - 0.3, z: at.z + 0.7, turnRad: Math.PI / 2 },
      { t: fromS + forS, x: at.x - 0.3, z: at.z + 0.7, turnRad: Math.PI / 2 },
      { t: fromS + forS + 10, x: at.x + 13, z: at.z + 0.7 },
    ]),
  ];
};

/** Stools and chairs of the shop against its wall, some 0.4 m behind the door line: what is nearer a camera of 17 px a metre cannot tell. */
const behindDoorLine: Decoy = (random, { area, durationS }) =>
  Array.from({ length: random.whole(1, 3) }, (_, i) =>
    always(
      random.chance(0.5) ? createStool(random) : createChair(random),
      area.x[0] + 0.7 + i * 0.7,
      random.between(0.28, 0.36),
      random.between(-0.3, 0.3),
      durationS,
    ),
  );

const waitsWithLuggage: Decoy = (random, { area, durationS }) => {
  const [fromS, forS] = [random.between(4, durationS - 45), random.between(20, 40)];
  const at = { x: middle(area.x) + random.between(-1.5, 1.5), z: middle(area.z) + random.between(-0.5, 0.5) };
  const person = createPerson(random);
  const group = new THREE.Group();
  group.add(person, createCarried(random));
  return [
    move(Object.assign(group, { walk: person.walk }), [
      { t: fromS - 12, x: at.x - 15, z: at.z },
      { t: fromS, ...at },
      { t: fromS + forS, ...at, turnRad: random.between(-3, 3) },
      { t: fromS + forS + 12, x: at.x + 15, z: at.z },
    ]),
  ];
};

const parkedScooter: Decoy = (random, { area, durationS }) => [
  always(
    createTwoWheeler(random, "ebike"),
    middle(area.x) + random.between(-1.5, 1.5),
    middle(area.z) + random.between(-0.4, 0.6),
    random.between(-3, 3),
    durationS,
  ),
];

const passingCart: Decoy = (random, { area, durationS }) => {
  const way = random.pick([-1, 1]);
  const [fromS, z] = [random.between(0, durationS - 20), middle(area.z) + random.between(-0.4, 0.6)];
  const cart = createCart(random);
  const pusher = createPerson(random);
  const legs = (shift: number) => [
    { t: fromS, x: -way * 16 - way * shift, z },
    { t: fromS + 32 / 1.5, x: way * 16 - way * shift, z },
  ];
  return [move(cart, legs(0)), move(pusher, legs(1.6))];
};

const carDrivesThrough: Decoy = (random, { area, kerbZ, isNight, durationS, canDriveThrough }) => {
  if (!canDriveThrough) return [];
  const t = random.between(2, durationS - 14);
  const x = middle(area.x);
  return [
    move(
      vehicle(random, createCar(random), isNight).thing,
      rounded(
        [
          { t, x, z: -14 },
          { t: t + 3, x, z: -1 },
          { t: t + 4.8, x, z: kerbZ - 1.2 },
          { t: t + 6, x: x + 3.2, z: kerbZ + 2, y: roadYM },
          { t: t + 10, x: x + 34, z: kerbZ + 2.2, y: roadYM },
        ],
        8,
      ),
    ),
  ];
};

/** A car that stands on the road at the kerb, where it may. */
const parkedLegally: Decoy = (random, { area, kerbZ, durationS }) => [
  always(
    createCar(random, random.pick(["sedan", "hatch", "taxi"])),
    middle(area.x) + random.between(-0.6, 0.6),
    kerbZ + 1.5,
    random.pick([0, Math.PI]) + random.between(-0.03, 0.03),
    durationS,
    roadYM,
  ),
];

/** Stops on the pavement for some seconds, to let somebody out. */
const carStopsShortly: Decoy = (random, { area, kerbZ, isNight, durationS }) => {
  const way = random.pick([-1, 1]);
  const [fromS, forS] = [random.between(9, durationS - 24), random.between(4, 8)];
  const at = { x: middle(area.x), z: middle(area.z) + 0.3 };
  return [
    move(vehicle(random, createCar(random), isNight).thing, [
      ...rounded(
        [
          { t: fromS - 6, x: at.x - way * 34, z: kerbZ + 1.7, y: roadYM },
          { t: fromS - 2.2, x: at.x - way * 7, z: kerbZ + 1.4, y: roadYM },
          { t: fromS, ...at },
        ],
        8,
      ),
      { t: fromS + forS, ...at, turnRad: way > 0 ? 0.1 : Math.PI - 0.1 },
      { t: fromS + forS + 2.4, x: at.x + way * 7, z: kerbZ + 1.4, y: roadYM },
      { t: fromS + forS + 6.5, x: at.x + way * 40, z: kerbZ + 1.8, y: roadYM },
    ]),
  ];
};

/** Decoys that suit a zone; those that stand all the time come on top of an act too. */
export const decoysOf: Record<StreetViolation, readonly Decoy[]> = {
  CROSS_DOOR: [putDownShortly, waitsWithLuggage, parkedScooter, passingCart, behindDoorLine],
  STALL: [putDownShortly, waitsWithLuggage, parkedScooter, passingCart],
  ROAD_PILE: [putDownShortly, waitsWithLuggage, parkedScooter],
  SIDEWALK_PARK: [carDrivesThrough, parkedLegally, carStopsShortly, parkedScooter, waitsWithLuggage],
};
export const standingDecoys: Partial<Record<StreetViolation, Decoy>> = {
  CROSS_DOOR: behindDoorLine,
  SIDEWALK_PARK: parkedLegally,
};
