import * as THREE from "three";
import type { Random } from "../../random.ts";
import { box, solid, wheel } from "../../solid.ts";
import { type Bed, filling, walls } from "./bed.ts";
import { cab, cabPaints } from "./cab.ts";

export const loadStates = ["open", "covered", "empty"] as const;
export type LoadState = (typeof loadStates)[number];

export type GateTruck = {
  thing: THREE.Object3D;
  /** Cab, walls and wheels; with `load` all there is to see of it. */
  body: THREE.Mesh;
  /** What lies in or over the body, and an unseen plate that closes its opening: where these are hidden, nobody can judge the load. */
  load: THREE.Mesh | null;
  opening: THREE.Mesh;
  /** Middle of each head lamp, in the truck's own metres. */
  lamps: [number, number, number][];
};

/**
 * Tipper or open lorry as it passes a gate, front along +x, middle of its length at x = 0: cab, body, load or cover of many kinds.
 * More various than the demo's tipper, because the second stage learns from it.
 */
export function createGateTruck(random: Random, state: LoadState): GateTruck {
  const paint = random.pick(cabPaints);
  const wide = random.between(2.3, 2.55);
  const bedLong = random.between(4.2, 9);
  const gap = random.between(0.15, 0.5);
  const bed: Bed = {
    centreX: -(1.1 + gap / 2),
    long: bedLong,
    wide: wide - random.between(0, 0.1),
    high: random.between(0.7, 1.75),
    floorY: random.between(1.0, 1.35),
    paint: random.chance(0.55) ? paint : random.pick([...cabPaints, 0x6a6d70, 0x8c6e4a]),
  };
  const backX = bed.centreX + bedLong / 2 + gap;
  const head = cab(random, paint, backX, wide);
  const parts = [
    ...head.parts,
    ...walls(random, bed),
    box([bedLong + gap + 1.6, 0.3, 1.0], [bed.centreX + 0.8, 0.7, 0], 0x1f2022),
  ];
  const rear = bed.centreX - bedLong / 2;
  const axles = [head.frontX - 0.95, rear + 0.9, rear + 2.2, ...(bedLong > 6.5 ? [head.frontX - 2.6] : [])];
  for (const x of axles)
    for (const z of [wide / 2 - 0.18, -wide / 2 + 0.18]) parts.push(...wheel(0.52, 0.36, [x, 0.52, z]));
  const inside = filling(random, bed, state);
  const body = solid(parts);
  const load = inside.length > 0 ? solid(inside) : null;
  const opening = solid([
    box([bed.long - 0.2, 0.01, bed.wide - 0.2], [bed.centreX, bed.floorY + bed.high - 0.06, 0], 0),
  ]);
  opening.visible = false;
  const thing = new THREE.Group();
  thing.add(body, opening, ...(load ? [load] : []));
  return { thing, body, load, opening, lamps: head.lamps };
}
