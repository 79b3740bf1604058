/** One random street with random life on it: the training picture's world. */
import * as THREE from "three";
import { createCanopy } from "../objects/canopy.ts";
import { createCar } from "../objects/car.ts";
import { createCarried } from "../objects/carried.ts";
import { createCart } from "../objects/cart.ts";
import { createChair, createLongTable, createStool, createTable } from "../objects/furniture.ts";
import { createGoods } from "../objects/goods.ts";
import { createPerson } from "../objects/person.ts";
import { createOtherTruck, createTipper } from "../objects/truck.ts";
import { createTwoWheeler } from "../objects/two-wheeler.ts";
import type { Random } from "../random.ts";
import { createRow } from "../street/buildings.ts";
import { createClutter, createTree } from "../street/clutter.ts";
import { createGround, roadYM } from "../street/ground.ts";
import { createHoarding } from "../street/hoarding.ts";
import type { Palette } from "../street/palette.ts";
import { createHeadlights, type Season } from "../weather.ts";
import { createGroundPlan, type Ground, put } from "./place.ts";

export type StreetFacts = { pavementM: number; roadM: number; site: boolean };

/** How full the street is: nothing goes on, the usual, or a crowd between standing cars. */
type Life = { people: readonly [number, number]; traffic: number; trade: boolean };
const lives: readonly (readonly [number, Life])[] = [
  [0.08, { people: [0, 1], traffic: 0.15, trade: false }],
  [0.14, { people: [0, 3], traffic: 0.3, trade: true }],
  [0.8, { people: [1, 9], traffic: 0.55, trade: true }],
  [1, { people: [10, 25], traffic: 0.8, trade: true }],
];

const reachM = 24;

export function fillStreet(
  scene: THREE.Scene,
  random: Random,
  palette: Palette,
  { season, isNight }: { season: Season; isNight: boolean },
): StreetFacts {
  const roll = random.unit();
  const life = lives.find(([most]) => roll <= most)?.[1];
  if (!life) throw new Error("the list of lives ends at 1");
  const site = random.chance(0.2);
  const pavementM = random.between(3.6, 7.5);
  const roadM = random.pick([4.5, 7, 7, 10.5, 14]);
  const world = new THREE.Group();
  const gapAt = random.between(-14, 14);
  const gaps: [number, number][] = random.chance(0.4) || site ? [[gapAt - 4, gapAt + 4]] : [];
  world.add(
    createGround(random, palette, {
      pavementM,
      roadM,
      fromX: -60,
      toX: 60,
      ...(random.chance(0.3) ? { crossingAtX: random.between(-10, 10) } : {}),
    }),
  );
  world.add(
    site
      ? createHoarding(random, { fromX: -60, toX: 60, gateFromX: gapAt - 4, gateToX: gapAt + 4 })
      : createRow(random, palette, { fromX: -60, toX: 60, gaps }),
  );
  const across = createRow(random, palette, { fromX: -60, toX: 60 });
  across.rotation.y = Math.PI;
  across.position.z = pavementM + roadM + random.between(4, 9);
  world.add(across);
  const ground = createGroundPlan();
  const facts = { pavementM, roadM, site };
  if (random.chance(0.85)) addTrees(world, random, ground, facts, season);
  addTraffic(world, random, ground, facts, { share: life.traffic, isNight });
  if (life.trade) addTrade(world, random, ground, facts);
  addBystanders(world, random, ground, facts, life.people);
  scene.add(world);
  return facts;
}

const anyTurn = (random: Random): number => random.between(-Math.PI, Math.PI);

function addTrees(
  world: THREE.Group,
  random: Random,
  ground: Ground,
  { pavementM, roadM }: StreetFacts,
  season: Season,
): void {
  const step = random.between(5, 10);
  for (let x = -reachM + random.between(0, step); x < reachM; x += step) {
    if (random.chance(0.75) && ground.claim(x, pavementM - 0.9, 0.5))
      put(world, createTree(random, season), x, pavementM - 0.9, anyTurn(random));
    if (random.chance(0.5)) put(world, createTree(random, season), x + 2, pavementM + roadM + 1.2, anyTurn(random));
  }
}

function addTraffic(
  world: THREE.Group,
  random: Random,
  ground: Ground,
  { pavementM, roadM, site }: StreetFacts,
  { share, isNight }: { share: number; isNight: boolean },
): void {
  const lanes = Math.max(1, Math.round(roadM / 3.5));
  for (let lane = 0; lane < lanes; lane++) {
    const z = pavementM + (roadM * (lane + 0.5)) / lanes;
    const turn = lane >= lanes / 2 ? Math.PI : 0;
    for (let x = -reachM + random.between(0, 8); x < reachM; x += random.between(6, 16)) {
      if (!random.chance(share)) continue;
      const heavy = random.chance(site ? 0.5 : 0.2);
      const radius = heavy ? 3.6 : 2.2;
      if (!ground.claim(x, z, radius)) continue;
      const thing = heavy
        ? random.chance(0.6)
          ? createTipper(random, random.pick(["open", "covered", "empty"]))
          : createOtherTruck(random)
        : createCar(random);
      const [atZ, heading] = [z + random.between(-0.3, 0.3), turn + random.between(-0.05, 0.05)];
      put(world, thing, x, atZ, heading, roadYM);
      if (isNight && random.chance(0.65)) put(world, createHeadlights(heavy ? 7.6 : 4.5), x, atZ, heading, roadYM);
    }
  }
  // trucks coming out of a gate or turning, cars left on the pavement
  if (site || random.chance(0.15)) {
    const x = random.between(-9, 9);
    const z = random.between(-3, pavementM + 3);
    if (ground.claim(x, z, 4))
      put(
        world,
        createTipper(random, random.pick(["open", "covered", "empty", "open"])),
        x,
        z,
        -Math.PI / 2 + random.between(-1.3, 1.3),
        z > pavementM ? roadYM : 0,
      );
  }
  for (let i = random.chance(0.45) ? random.whole(1, 3) : 0; i > 0; i--) {
    const x = random.between(-14, 14);
    const z = random.between(2.0, Math.max(2.2, pavementM - 1));
    if (ground.claim(x, z, 2.3))
      put(
        world,
        createCar(random),
        x,
        z,
        random.chance(0.5) ? random.pick([0, Math.PI]) + random.between(-0.2, 0.2) : anyTurn(random),
      );
  }
  for (let i = random.whole(0, 3); i > 0; i--) {
    const x = random.between(-18, 18);
    const z = pavementM + random.between(0.8, roadM - 0.5);
    if (!ground.claim(x, z, 1)) continue;
    const turn = random.pick([0, Math.PI]) + random.between(-0.3, 0.3);
    put(world, createTwoWheeler(random), x, z, turn, roadYM);
    put(world, createPerson(random, "seated"), x - Math.cos(turn) * 0.3, z + Math.sin(turn) * 0.3, turn, roadYM + 0.3);
  }
  // rows of parked two-wheelers
  for (let i = random.whole(0, 2); i > 0; i--) {
    const x0 = random.between(-15, 12);
    const z = random.pick([1.4, pavementM - 1]);
    const turn = random.pick([Math.PI / 2, -Math.PI / 2]) + random.between(-0.4, 0.4);
    for (let k = random.whole(1, 7); k > 0; k--)
      if (ground.claim(x0 + k * 0.8, z, 0.38))
        put(world, createTwoWheeler(random), x0 + k * 0.8, z, turn + random.between(-0.15, 0.15));
  }
}

/** Goods, tables, stalls: mostly on the pavement, sometimes on the road edge. */
function addTrade(world: THREE.Group, random: Random, ground: Ground, { pavementM, roadM }: StreetFacts): void {
  const spot = (): [number, number] => [
    random.between(-13, 13),
    random.chance(0.85)
      ? random.between(0.8, pavementM - 0.5)
      : pavementM + random.between(0.6, Math.min(6, roadM - 1)),
  ];
  const level = (z: number): number => (z > pavementM ? roadYM : 0);
  for (let i = random.whole(1, 8); i > 0; i--) {
    const wide = random.between(0.5, 2.4);
    const [x, z] = spot();
    if (ground.claim(x, z, wide * 0.45 + 0.25))
      put(
        world,
        createGoods(random, undefined, wide),
        x,
        z,
        random.chance(0.6) ? random.between(-0.2, 0.2) : anyTurn(random),
        level(z),
      );
  }
  for (let i = random.whole(0, 3); i > 0; i--) {
    const [x, z] = spot();
    const color = random.pick([0xc92f2f, 0x2467b3, 0xe8e6e0, 0x2f9a4c, 0x8a5a33]);
    if (ground.claim(x, z, 0.9)) {
      put(
        world,
        random.chance(0.3) ? createLongTable(random) : createTable(random),
        x,
        z,
        random.between(-0.4, 0.4),
        level(z),
      );
      for (let k = random.whole(0, 4); k > 0; k--) {
        const turn = anyTurn(random);
        const [sx, sz] = [x - Math.cos(turn) * 0.85, z + Math.sin(turn) * 0.85];
        put(
          world,
          random.chance(0.6) ? createStool(random, color) : createChair(random, color),
          sx,
          sz,
          turn,
          level(z),
        );
        if (random.chance(0.35)) put(world, createPerson(random, "seated"), sx, sz, turn, level(z));
      }
    }
    const [cx, cz] = spot();
    if (random.chance(0.4) && ground.claim(cx, cz, 0.3))
      put(world, random.chance(0.5) ? createStool(random) : createChair(random), cx, cz, anyTurn(random), level(cz));
  }
  for (let i = random.pick([0, 1, 1, 2, 2]); i > 0; i--) {
    const [x, z] = spot();
    if (!ground.claim(x, z, 1.1)) continue;
    const turn = random.chance(0.6) ? random.pick([0, Math.PI]) + random.between(-0.3, 0.3) : anyTurn(random);
    put(world, createCart(random), x, z, turn, level(z));
    if (random.chance(0.6))
      put(
        world,
        createCanopy(random, "parasol", 0.7),
        x + random.between(-0.5, 0.5),
        z + random.between(-0.2, 0.2),
        anyTurn(random),
        level(z),
      );
    if (random.chance(0.6))
      put(
        world,
        createPerson(random),
        x + random.between(-0.8, 0.8),
        z - random.between(0.8, 1.1),
        anyTurn(random),
        level(z),
      );
  }
  for (let i = random.pick([0, 1, 1, 2]); i > 0; i--) {
    const [x, z] = spot();
    // things may stand below a canopy: it claims only its pole
    if (ground.claim(x, z, 0.35)) put(world, createCanopy(random), x, z, anyTurn(random), level(z));
  }
}

function addBystanders(
  world: THREE.Group,
  random: Random,
  ground: Ground,
  { pavementM, roadM }: StreetFacts,
  people: readonly [number, number],
): void {
  for (let i = random.whole(...people); i > 0; i--) {
    const x = random.between(-16, 16);
    const z = random.chance(0.75) ? random.between(0.5, pavementM) : random.between(pavementM, pavementM + roadM + 3);
    if (!ground.claim(x, z, 0.3)) continue;
    const person = createPerson(random, "standing", random.chance(0.05) ? { helmet: 0xe8c21e, shirt: 0xe0701e } : {});
    person.walk(random.between(0, Math.PI * 2));
    const turn = anyTurn(random);
    const y = z > pavementM && z < pavementM + roadM ? roadYM : 0;
    put(world, person, x, z, turn, y);
    if (random.chance(0.18)) {
      const beside = new THREE.Group();
      beside.add(createCarried(random));
      put(world, beside, x, z, turn, y);
    }
  }
  for (let i = random.whole(2, 9); i > 0; i--) {
    const x = random.between(-16, 16);
    const z = random.between(0.6, pavementM - 0.3);
    if (ground.claim(x, z, 0.7))
      put(world, createClutter(random), x, z, random.chance(0.6) ? random.pick([0, Math.PI]) : anyTurn(random));
  }
}
