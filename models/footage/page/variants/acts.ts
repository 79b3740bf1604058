/** The acts that must be found: who puts what where, from when to when. Every thing comes and goes by a timetable. */
import * as THREE from "three";
import { type Mover, move, rounded, timeInside } from "../clips/motion.ts";
import type { Area } from "../clips/set.ts";
import { createCanopy } from "../objects/canopy.ts";
import { createCar } from "../objects/car.ts";
import { createCart } from "../objects/cart.ts";
import { createChair, createLongTable, createStool, createTable } from "../objects/furniture.ts";
import { createGoods, type GoodsKind } from "../objects/goods.ts";
import { createPerson } from "../objects/person.ts";
import type { Random } from "../random.ts";
import { roadYM } from "../street/ground.ts";
import { vehicle } from "./people.ts";
import { timeOnGround } from "./timing.ts";

export const streetViolations = ["CROSS_DOOR", "STALL", "ROAD_PILE", "SIDEWALK_PARK"] as const;
export type StreetViolation = (typeof streetViolations)[number];

/** Where an act happens and when; times may lie before the first or after the last second. */
export type Stand = {
  area: Area;
  kerbZ: number;
  fromS: number;
  toS: number;
  durationS: number;
  isNight: boolean;
};
export type Played = {
  movers: Mover[];
  /** things that must be well in view for the act to be one a camera can show */
  mains: THREE.Object3D[];
  truth: { fromS: number; toS: number };
  /** how far from the houses the things of the act reach while it goes on, metres along z; where that is asked */
  reachZ?: number;
};

/** The farthest from the houses that any of the movers' things stands at this second. */
function reachOf(movers: readonly Mover[], atS: number): number {
  for (const mover of movers) mover.show(atS);
  return Math.max(...movers.map(({ thing }) => new THREE.Box3().setFromObject(thing).max.z));
}

const middle = ([a, b]: readonly [number, number]): number => (a + b) / 2;

/** A thing brought from `from`, put down, and taken back there. */
function putDown(
  thing: THREE.Object3D,
  at: { x: number; z: number; turnRad?: number },
  from: { x: number; z: number },
  fromS: number,
  toS: number,
): Mover {
  const turnRad = at.turnRad ?? 0;
  return move(thing, [
    { t: fromS - 0.9, ...from, turnRad },
    { t: fromS, x: at.x, z: at.z, turnRad },
    { t: toS, x: at.x, z: at.z, turnRad },
    { t: toS + 0.9, ...from, turnRad },
  ]);
}

/** Places along the area's long side, evenly with a little disorder. */
function places(random: Random, area: Area, count: number, z: readonly [number, number]): { x: number; z: number }[] {
  const wide = area.x[1] - area.x[0] - 1.6;
  return Array.from({ length: count }, (_, i) => ({
    x: area.x[0] + 0.8 + (wide * (i + 0.5)) / count + random.between(-0.15, 0.15),
    z: random.between(...z),
  }));
}

const shopWares: readonly GoodsKind[] = [
  "fruit",
  "crates",
  "cartons",
  "clothes",
  "sacks",
  "buckets",
  "shelf",
  "melons",
  "freezer",
  "pots",
];
const piles: readonly GoodsKind[] = ["cartons", "sacks", "crates", "bricks", "timber", "tyres", "melons"];

function crossDoor(random: Random, stand: Stand): Played {
  const { area, fromS, toS } = stand;
  const door = { x: middle(area.x), z: -0.6 };
  const count = random.whole(2, 4);
  const eats = random.chance(0.4);
  const movers: Mover[] = [];
  const mains: THREE.Object3D[] = [];
  places(random, area, count, [area.z[0] + 0.8, area.z[1] - 0.9]).forEach((at, i) => {
    const delay = i * random.between(0.2, 0.6);
    const main =
      eats && i > 0
        ? random.chance(0.3)
          ? createLongTable(random)
          : createTable(random)
        : createGoods(random, random.pick(shopWares), random.between(0.8, 1.5));
    mains.push(main);
    movers.push(putDown(main, at, door, fromS + delay, toS + delay));
    if (eats && i > 0)
      for (const side of [-1, 1])
        movers.push(
          putDown(
            random.chance(0.6) ? createStool(random) : createChair(random),
            { x: at.x + side * 0.75, z: at.z + random.between(-0.2, 0.4), turnRad: side > 0 ? Math.PI : 0 },
            door,
            fromS + delay + 0.3,
            toS + delay + 0.3,
          ),
        );
  });
  const truth = timeInside(movers, area, stand.durationS);
  const reachZ = reachOf(movers, (truth.fromS + truth.toS) / 2);
  const staff = move(createPerson(random), [
    { t: fromS - 1.4, ...door },
    { t: fromS, x: door.x + 0.6, z: area.z[0] + 0.6 },
    { t: fromS + random.between(4, 14), x: door.x + 0.4, z: area.z[0] + 0.7, turnRad: -Math.PI / 2 },
    { t: fromS + 16, ...door },
  ]);
  return { movers: [...movers, staff], mains: mains.slice(0, 2), truth, reachZ };
}

function seller(random: Random, at: { x: number; z: number }, fromS: number, toS: number): Mover {
  return move(createPerson(random), [
    { t: fromS, x: at.x, z: at.z },
    { t: fromS + 1, x: at.x + 0.3, z: at.z - 0.9, turnRad: -Math.PI / 2 },
    { t: toS - 1, x: at.x + 0.3, z: at.z - 0.9, turnRad: -Math.PI / 2 },
    { t: toS, x: at.x, z: at.z },
  ]);
}

/** A seller with a cart (some under a parasol), with a cloth on the ground, or under a tent. */
function stall(random: Random, stand: Stand): Played {
  const { area, fromS, toS, kerbZ } = stand;
  const at = { x: middle(area.x) + random.between(-0.6, 0.6), z: random.between(area.z[0] + 1.4, area.z[1] - 1.2) };
  const kind = random.unit();
  const movers: Mover[] = [];
  const mains: THREE.Object3D[] = [];
  const own: Mover[] = [];
  if (kind < 0.62) {
    const way = random.pick([-1, 1]);
    const cart = new THREE.Group();
    cart.add(createCart(random));
    if (random.chance(0.5)) {
      const parasol = createCanopy(random, "parasol", 0.7);
      parasol.position.x = random.between(-0.4, 0.2);
      cart.add(parasol);
    }
    mains.push(cart.children[0] ?? cart);
    own.push(
      move(cart, [
        ...rounded(
          [
            { t: fromS - 6, x: at.x - way * 26, z: kerbZ + 1.2, y: roadYM },
            { t: fromS - 2, x: at.x - way * 4.5, z: kerbZ + 0.8, y: roadYM },
            { t: fromS, ...at },
          ],
          8,
        ),
        { t: toS, ...at, turnRad: random.between(-0.3, 0.3) + (way > 0 ? 0 : Math.PI) },
        { t: toS + 2, x: at.x + way * 4.5, z: kerbZ + 0.8, y: roadYM },
        { t: toS + 7, x: at.x + way * 30, z: kerbZ + 1.2, y: roadYM },
      ]),
    );
  } else if (kind < 0.82) {
    const cloth = createGoods(random, "cloth", random.between(1.4, 2.4));
    mains.push(cloth);
    own.push(putDown(cloth, at, { x: at.x, z: at.z - 0.1 }, fromS, toS));
  } else {
    const tent = createCanopy(random, "tent", 0);
    const table = createLongTable(random);
    mains.push(tent);
    own.push(putDown(tent, at, at, fromS, toS), putDown(table, { ...at, z: at.z + 0.4 }, at, fromS + 0.5, toS - 0.5));
  }
  if (random.chance(0.6)) {
    const side = random.pick([-1, 1]);
    const ware = createGoods(random, random.pick(["crates", "cartons", "buckets", "fruit"]), 0.9);
    const spot = { x: at.x + side * 1.75, z: at.z + random.between(0, 0.7) };
    own.push(putDown(ware, spot, at, fromS + 1.2, toS - 1));
  }
  movers.push(...own, seller(random, at, fromS + 0.3, toS - 0.2));
  for (let i = random.whole(0, 2); i > 0; i--) {
    const t = random.between(fromS + 4, Math.max(fromS + 5, toS - 18));
    const x = at.x + random.between(-1, 1);
    movers.push(
      move(createPerson(random), [
        { t: t - 12, x: at.x - 15, z: area.z[1] },
        { t, x, z: at.z + 1.3, turnRad: Math.PI / 2 },
        { t: t + random.between(4, 10), x, z: at.z + 1.3, turnRad: Math.PI / 2 },
        { t: t + 22, x: at.x + 15, z: area.z[1] },
      ]),
    );
  }
  return { movers, mains, truth: timeInside(own, area, stand.durationS) };
}

function roadPile(random: Random, stand: Stand): Played {
  const { area, fromS, toS } = stand;
  const from = { x: middle(area.x), z: -0.6 };
  const mains: THREE.Object3D[] = [];
  const movers = places(random, area, random.whole(1, 3), [area.z[0] + 0.7, area.z[1] - 0.9]).map((at, i) => {
    const pile = createGoods(random, random.pick(piles), random.between(0.9, 1.8));
    mains.push(pile);
    return putDown(pile, { ...at, turnRad: random.between(-0.25, 0.25) }, from, fromS + i * 0.5, toS + i * 0.3);
  });
  return { movers, mains: mains.slice(0, 2), truth: timeInside(movers, area, stand.durationS) };
}

function sidewalkPark(random: Random, stand: Stand): Played {
  const { area, fromS, toS, kerbZ } = stand;
  const { thing, body } = vehicle(random, createCar(random), false);
  const at = { x: middle(area.x), z: middle(area.z) + random.between(-0.5, 0.4) };
  const way = random.pick([-1, 1]);
  const rest = (way > 0 ? 0 : Math.PI) + random.between(-0.35, 0.35);
  const car = move(thing, [
    ...rounded(
      [
        { t: fromS - 6, x: at.x - way * 34, z: kerbZ + 1.7, y: roadYM },
        { t: fromS - 2.2, x: at.x - way * 7, z: kerbZ + 1.4, y: roadYM },
        { t: fromS, ...at },
      ],
      8,
    ),
    { t: toS, ...at, turnRad: rest },
    { t: toS + 2.4, x: at.x + way * 7, z: kerbZ + 1.4, y: roadYM },
    { t: toS + 6.5, x: at.x + way * 40, z: kerbZ + 1.8, y: roadYM },
  ]);
  return { movers: [car], mains: [body], truth: timeOnGround(car, body, area, 0.3, stand.durationS) };
}

export const playAct: Record<StreetViolation, (random: Random, stand: Stand) => Played> = {
  CROSS_DOOR: crossDoor,
  STALL: stall,
  ROAD_PILE: roadPile,
  SIDEWALK_PARK: sidewalkPark,
};
