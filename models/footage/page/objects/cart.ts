import type * as THREE from "three";
import type { Random } from "../random.ts";
import { ball, bar, box, labelled, type Part, pillar, ring, solid, taper, wheel } from "../solid.ts";

const produce = [0xd8342c, 0xe88b1f, 0xe8c92a, 0x59a23a, 0x8fbf3f, 0x6a2f52];
export const cartKinds = ["tricycle", "glass", "handcart", "grill", "cabin"] as const;
export type CartKind = (typeof cartKinds)[number];

function wares(random: Random, longM: number, wideM: number, y: number, xM: number): Part[] {
  const parts: Part[] = [];
  const columns = Math.floor(longM / 0.42);
  for (let i = 0; i < columns; i++)
    for (const z of [-wideM / 4, wideM / 4]) {
      const x = xM + (i - (columns - 1) / 2) * 0.42;
      const fruit = random.pick(produce);
      parts.push(
        taper([0.34, wideM * 0.4], [0.4, wideM * 0.44], 0.14, [x, y, z], random.pick([0xe8e4da, 0x2a6fb5, 0xd8b070])),
      );
      for (let k = 0; k < 6; k++)
        parts.push(ball(0.075, [x + ((k % 3) - 1) * 0.11, y + 0.16, z + (k < 3 ? -0.08 : 0.08)], fruit, 0));
    }
  return parts;
}

/** A seller's vehicle, front along +x: electric tricycle with an open bed, snack cart with a glass case, or handcart. */
export function createCart(random: Random, kind: CartKind = random.pick(cartKinds)): THREE.Object3D {
  const paint = random.pick([0x2a5fa8, 0xb3262a, 0x3a8f57, 0xd8dadc, 0xe0a21b, 0x7b8288]);
  if (kind === "tricycle") {
    const parts: Part[] = [
      box([1.6, 0.08, 1.05], [-0.4, 0.5, 0], paint),
      box([1.6, 0.3, 0.04], [-0.4, 0.55, 0.52], paint),
      box([1.6, 0.3, 0.04], [-0.4, 0.55, -0.52], paint),
      box([0.04, 0.3, 1.05], [-1.2, 0.55, 0], paint),
      box([0.04, 0.36, 1.05], [0.4, 0.55, 0], paint),
      ...wheel(0.26, 0.12, [-0.55, 0.26, 0.5]),
      ...wheel(0.26, 0.12, [-0.55, 0.26, -0.5]),
      ...wheel(0.25, 0.1, [1.1, 0.25, 0]),
      box([0.42, 0.2, 0.42], [0.55, 0.68, 0], 0x1a1b1d),
      box([0.7, 0.08, 0.4], [0.72, 0.35, 0], 0x2a2c2e),
      bar([1.1, 0.26, 0], [0.92, 1.05, 0], 0.035, 0x333538),
      bar([0.9, 1.06, -0.33], [0.9, 1.06, 0.33], 0.025, 0x1a1a1a),
      taper([0.14, 0.42], [0.1, 0.34], 0.5, [1.0, 0.4, 0], paint),
      ...wares(random, 1.5, 1.0, random.chance(0.5) ? 0.85 : 0.62, -0.4),
    ];
    return labelled("cart", solid(parts));
  }
  if (kind === "glass") {
    const parts: Part[] = [
      box([1.5, 0.55, 0.8], [0, 0.3, 0], paint),
      box([1.56, 0.04, 0.9], [0, 0.85, 0], 0xc9cdd0),
      box([1.3, 0.5, 0.03], [0, 0.9, 0.34], 0x9fb3ba),
      box([0.03, 0.5, 0.66], [-0.66, 0.9, 0], 0x9fb3ba),
      box([0.03, 0.5, 0.66], [0.66, 0.9, 0], 0x9fb3ba),
      box([1.5, 0.05, 0.9], [0, 1.9, 0], random.pick([0xc9302c, 0xe38a22, 0x2564ae])),
      box([1.5, 0.24, 0.04], [0, 1.68, 0.44], random.pick([0xc9302c, 0xe6c229])),
      ...wheel(0.26, 0.08, [0.4, 0.26, 0.42]),
      ...wheel(0.26, 0.08, [0.4, 0.26, -0.42]),
      bar([-0.75, 0.8, 0.3], [-1.15, 0.95, 0.3], 0.02, 0x8a8d90),
      bar([-0.75, 0.8, -0.3], [-1.15, 0.95, -0.3], 0.02, 0x8a8d90),
      pillar(0.15, 0.15, 0.42, [-0.9, 0.05, 0], 0x3c6fa5, 9),
      pillar(0.2, 0.24, 0.2, [0.2, 0.89, 0], 0x55585b, 10),
      ...wares(random, 0.8, 0.5, 0.88, -0.2),
    ];
    for (const x of [-0.7, 0.7])
      for (const z of [-0.4, 0.4]) parts.push(bar([x, 0.85, z], [x, 1.92, z], 0.02, 0xb9bec2));
    return labelled("cart", solid(parts));
  }
  if (kind === "grill") {
    const parts: Part[] = [
      box([1.5, 0.22, 0.42], [0, 0.72, 0], 0x3a3c3e),
      box([1.44, 0.03, 0.36], [0, 0.94, 0], random.pick([0x8a3a22, 0x55585b, 0xc7662e])),
      box([0.7, 0.05, 0.6], [1.05, 0.8, 0], 0xb9bec2),
      taper([0.5, 0.4], [0.5, 0.4], 0.16, [1.05, 0.85, 0], random.pick(produce)),
      ...wheel(0.2, 0.08, [-0.5, 0.2, 0.24]),
      ...wheel(0.2, 0.08, [-0.5, 0.2, -0.24]),
    ];
    for (const x of [-0.68, 0.68, 1.35])
      for (const z of [-0.18, 0.18]) parts.push(bar([x, 0, z], [x, 0.8, z], 0.025, 0x55585b));
    if (random.chance(0.5)) parts.push(pillar(0.16, 0.16, 0.5, [-1.0, 0, 0.1], 0x3c6fa5, 9));
    return labelled("cart", solid(parts));
  }
  if (kind === "cabin") {
    // three-wheeled van with an opened hatch
    const long = random.between(1.7, 2.2);
    const parts: Part[] = [
      box([long, 1.35, 1.25], [-0.45, 0.5, 0], paint),
      box([long * 0.75, 0.55, 0.03], [-0.45, 1.1, 0.63], 0x3a3430),
      box([long * 0.8, 0.03, 0.55], [-0.45, 1.72, 0.9], random.pick([paint, 0xe8e4da])),
      box([long * 0.8, 0.05, 0.35], [-0.45, 1.02, 0.8], 0xc9cdd0),
      taper([0.9, 1.2], [0.6, 1.1], 1.1, [-0.45 + long / 2 + 0.42, 0.42, 0], paint, -0.1),
      box([0.05, 0.5, 0.9], [-0.45 + long / 2 + 0.66, 0.95, 0], 0x1d262c),
      ...wheel(0.26, 0.14, [-0.8, 0.26, 0.56]),
      ...wheel(0.26, 0.14, [-0.8, 0.26, -0.56]),
      ...wheel(0.25, 0.12, [-0.45 + long / 2 + 0.55, 0.25, 0]),
      ...wares(random, long * 0.7, 0.4, 1.07, -0.45),
    ];
    return labelled("cart", solid(parts));
  }
  const parts: Part[] = [
    box([1.5, 0.07, 0.85], [0, 0.58, 0], random.pick([0x8a5a33, 0xa9adb0, paint])),
    ring(0.33, 0.04, [0.05, 0.35, 0.46], 0x1a1a1a),
    ring(0.33, 0.04, [0.05, 0.35, -0.46], 0x1a1a1a),
    bar([-0.75, 0.6, 0.35], [-1.4, 0.85, 0.35], 0.025, 0x6a6d70),
    bar([-0.75, 0.6, -0.35], [-1.4, 0.85, -0.35], 0.025, 0x6a6d70),
    bar([-1.4, 0.85, 0.35], [-1.4, 0.85, -0.35], 0.025, 0x6a6d70),
    bar([0.65, 0, 0], [0.65, 0.58, 0], 0.03, 0x6a6d70),
    ...wares(random, 1.4, 0.8, 0.65, 0),
  ];
  return labelled("cart", solid(parts));
}
