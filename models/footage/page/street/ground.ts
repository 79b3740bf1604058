import * as THREE from "three";
import type { Random } from "../random.ts";
import { box, type Part, solid } from "../solid.ts";
import type { Palette } from "./palette.ts";

/** The carriageway lies one kerb lower than the pavement. */
export const roadYM = -0.12;

export type GroundPlan = {
  pavementM: number;
  roadM: number;
  fromX: number;
  toX: number;
  farPavementM?: number;
  crossingAtX?: number;
  driveways?: readonly (readonly [number, number])[];
};

function slab(
  texture: THREE.Texture,
  widthM: number,
  depthM: number,
  at: readonly [number, number, number],
  tileM: number,
): THREE.Mesh {
  const geometry = new THREE.PlaneGeometry(widthM, depthM);
  const uv = geometry.getAttribute("uv");
  for (let i = 0; i < uv.count; i++) uv.setXY(i, (uv.getX(i) * widthM) / tileM, (uv.getY(i) * depthM) / tileM);
  geometry.rotateX(-Math.PI / 2);
  geometry.translate(...at);
  const mesh = new THREE.Mesh(geometry, new THREE.MeshLambertMaterial({ map: texture }));
  mesh.receiveShadow = true;
  mesh.userData.ground = true;
  return mesh;
}

/** Pavement from the façade (z = 0) to the kerb, carriageway with markings, and the pavement beyond. */
export function createGround(random: Random, palette: Palette, plan: GroundPlan): THREE.Group {
  const group = new THREE.Group();
  const long = plan.toX - plan.fromX;
  const middle = (plan.fromX + plan.toX) / 2;
  const kerbZ = plan.pavementM;
  const farZ = kerbZ + plan.roadM;
  const far = plan.farPavementM ?? 30;
  const paving = random.pick(palette.pavings);
  const asphalt = random.pick(palette.asphalts);
  group.add(slab(paving, long, kerbZ + 20, [middle, 0, kerbZ - (kerbZ + 20) / 2], 2.4));
  group.add(slab(asphalt, long, plan.roadM, [middle, roadYM, kerbZ + plan.roadM / 2], 5));
  group.add(slab(paving, long, far, [middle, 0, farZ + far / 2], 2.4));
  const parts: Part[] = [];
  for (const z of [kerbZ - 0.08, farZ + 0.08]) {
    let x = plan.fromX;
    for (const [a, b] of [...(z < farZ ? (plan.driveways ?? []) : []), [plan.toX, plan.toX] as const]) {
      if (a > x) parts.push(box([a - x, 0.14, 0.18], [(a + x) / 2, -0.13, z], 0xbdbab2));
      x = b;
    }
  }
  // dropped kerb where vehicles cross
  for (const [a, b] of plan.driveways ?? []) parts.push(box([b - a, 0.1, 0.3], [(a + b) / 2, -0.13, kerbZ], 0x9b9890));
  // tactile paving: the yellow strip for the blind that every Chinese pavement has
  if (random.chance(0.75))
    parts.push(
      box(
        [long, 0.012, 0.4],
        [middle, 0, kerbZ - random.between(1.1, 1.7)],
        random.pick([0xc9a944, 0xb99a3c, 0xa9a08a]),
      ),
    );
  const paint = 0xdcdcd4;
  const lanes = Math.max(1, Math.round(plan.roadM / 3.6));
  for (let lane = 1; lane < lanes; lane++) {
    const z = kerbZ + (plan.roadM * lane) / lanes;
    const centre = lane === Math.round(lanes / 2);
    if (centre) parts.push(box([long, 0.008, 0.12], [middle, roadYM, z], 0xd8b63a));
    else for (let x = plan.fromX; x < plan.toX; x += 6) parts.push(box([2.4, 0.008, 0.12], [x, roadYM, z], paint));
  }
  parts.push(box([long, 0.008, 0.1], [middle, roadYM, kerbZ + 0.5], paint));
  if (plan.crossingAtX !== undefined)
    for (let z = kerbZ + 0.7; z < farZ - 0.4; z += 0.9)
      parts.push(box([3.6, 0.01, 0.45], [plan.crossingAtX, roadYM, z], paint));
  for (let i = 0; i < 5; i++)
    parts.push(
      box([0.7, 0.01, 0.7], [random.between(plan.fromX, plan.toX), roadYM, random.between(kerbZ, farZ)], 0x55575a),
    );
  const marks = solid(parts);
  marks.castShadow = false;
  group.add(marks);
  return group;
}
