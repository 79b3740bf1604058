import * as THREE from "three";
import type { Random } from "../random.ts";
import { bar, custom, labelled, type Part, pillar, solid } from "../solid.ts";

const cloths = [0xc9302c, 0x2564ae, 0x2f8f4b, 0xe8e4da, 0xe38a22, 0x7a2f6a, 0xe6c229, 0x1f2f4a];

/** One triangle or quad strip of cloth between listed points. */
function cloth(points: readonly (readonly [number, number, number])[], color: number): Part {
  const flat: number[] = [];
  for (let i = 1; i + 1 < points.length; i++)
    for (const p of [points[0], points[i], points[i + 1]]) if (p) flat.push(...p);
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(flat, 3));
  geometry.computeVertexNormals();
  return custom(geometry, color);
}

/** Gored cover: a pyramid or cone of panels with a hanging edge. */
function cover(
  sides: number,
  radius: number,
  eaveM: number,
  topM: number,
  colors: readonly [number, number],
  valanceM: number,
  startRad: number,
): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < sides; i++) {
    const a = startRad + (i / sides) * Math.PI * 2;
    const b = startRad + ((i + 1) / sides) * Math.PI * 2;
    const from: [number, number, number] = [Math.cos(a) * radius, eaveM, Math.sin(a) * radius];
    const to: [number, number, number] = [Math.cos(b) * radius, eaveM, Math.sin(b) * radius];
    const color = colors[i % 2] ?? colors[0];
    // wound so that the outside faces up: two-sided light would otherwise darken it
    parts.push(cloth([[0, topM, 0], to, from], color));
    parts.push(cloth([from, to, [to[0], eaveM - valanceM, to[2]], [from[0], eaveM - valanceM, from[2]]], color));
  }
  return parts;
}

/** Parasol with a pole (`footM` above ground when it stands in a cart), or a folding tent. */
export function createCanopy(
  random: Random,
  kind: "parasol" | "tent" = random.chance(0.65) ? "parasol" : "tent",
  footM = 0,
  colorAs?: number,
): THREE.Object3D {
  const main = colorAs ?? random.pick(cloths);
  const second = random.chance(0.5) ? main : random.pick(cloths);
  if (kind === "parasol") {
    const square = random.chance(0.3);
    const radius = square ? random.between(1.4, 1.9) : random.between(1.1, 1.55);
    const eave = random.between(1.95, 2.2);
    const parts = cover(
      square ? 4 : 8,
      radius,
      eave,
      eave + random.between(0.4, 0.6),
      [main, second],
      random.between(0.08, 0.2),
      square ? Math.PI / 4 : 0,
    );
    parts.push(bar([0, footM, 0], [0, eave + 0.5, 0], 0.03, 0xb9bec2));
    if (footM === 0) parts.push(pillar(0.26, 0.22, 0.12, [0, 0, 0], 0x6a6d70));
    return labelled("canopy", solid(parts, "twoSided"));
  }
  const half = random.between(1.2, 1.6);
  const eave = random.between(2.0, 2.25);
  const parts = cover(
    4,
    half * Math.SQRT2,
    eave,
    eave + random.between(0.55, 0.85),
    [main, second === main ? main : second],
    0.25,
    Math.PI / 4,
  );
  for (const x of [-half, half])
    for (const z of [-half, half]) parts.push(bar([x, footM, z], [x, eave, z], 0.03, 0xd5d8da));
  return labelled("canopy", solid(parts, "twoSided"));
}
