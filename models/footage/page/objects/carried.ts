/** What passers-by have with them: never labelled, because luggage, prams and trolleys are nobody's goods on the pavement. */
import type * as THREE from "three";
import type { Random } from "../random.ts";
import { bar, box, type Part, pillar, solid, taper, wheel } from "../solid.ts";

const builders: readonly ((random: Random) => Part[])[] = [
  // suitcase on wheels
  (random) => {
    const paint = random.pick([0x20242a, 0x8e2f2f, 0x2a5fa8, 0xb9bec2, 0xd9a520]);
    const high = random.between(0.5, 0.72);
    return [
      box([0.26, high, 0.42], [0, 0.05, 0], paint),
      bar([-0.1, high, 0.12], [-0.3, high + 0.4, 0.12], 0.012, 0x8a8d90),
      bar([-0.1, high, -0.12], [-0.3, high + 0.4, -0.12], 0.012, 0x8a8d90),
    ];
  },
  // pram
  (random) => {
    const paint = random.pick([0x20242a, 0x2f4a7a, 0x8e2f2f, 0x5d8a6a]);
    const parts: Part[] = [
      taper([0.5, 0.36], [0.75, 0.46], 0.35, [0, 0.45, 0], paint),
      taper([0.4, 0.44], [0.2, 0.4], 0.3, [0.2, 0.8, 0], paint),
      bar([-0.3, 0.6, 0.2], [-0.6, 1.0, 0.2], 0.02, 0x55585b),
      bar([-0.3, 0.6, -0.2], [-0.6, 1.0, -0.2], 0.02, 0x55585b),
    ];
    for (const x of [-0.3, 0.3]) for (const z of [-0.22, 0.22]) parts.push(...wheel(0.13, 0.04, [x, 0.13, z]));
    return parts;
  },
  // shopping trolley of cloth
  (random) => [
    taper([0.26, 0.3], [0.32, 0.36], 0.6, [0, 0.12, 0], random.pick([0x2f4a7a, 0x8e2f2f, 0x3d4a3a, 0x7a4a6a])),
    bar([-0.16, 0.1, 0], [-0.4, 1.0, 0], 0.02, 0x8a8d90),
    pillar(0.09, 0.09, 0.03, [-0.05, 0.0, 0.17], 0x1a1a1a, 8),
  ],
  // big bags
  (random) => [
    taper([0.3, 0.4], [0.24, 0.3], 0.36, [0, 0.25, 0.1], random.pick([0xe8e6e0, 0xc0392b, 0x3a7d44, 0xe0a21b])),
  ],
];

/** Stands beside a person who walks along +x: in front of or behind the legs. */
export function createCarried(random: Random): THREE.Object3D {
  const thing = solid(random.pick(builders)(random));
  thing.position.set(random.pick([-0.55, 0.6]), 0, random.between(-0.15, 0.15));
  return thing;
}
