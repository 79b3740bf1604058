/** Street furniture that is nobody's violation: the detector must learn to leave it alone, so none of it carries a label. */
import * as THREE from "three";
import type { Random } from "../random.ts";
import { ball, bar, box, type Part, pillar, solid, taper, tuft } from "../solid.ts";
import type { Season } from "../weather.ts";

const builders: readonly ((random: Random) => Part[])[] = [
  // park bench
  (random) => {
    const wood = random.pick([0x7a5233, 0x8f6a45, 0x5d6164]);
    return [
      box([1.5, 0.06, 0.45], [0, 0.42, 0], wood),
      box([1.5, 0.35, 0.05], [0, 0.5, -0.22], wood),
      box([0.08, 0.42, 0.42], [-0.6, 0, 0], 0x3a3c3e),
      box([0.08, 0.42, 0.42], [0.6, 0, 0], 0x3a3c3e),
    ];
  },
  // sorting bins
  (random) => {
    const parts: Part[] = [];
    const colors = [0x2f7f4b, 0x2660a8, 0x3d3f42, 0xb03030];
    for (let i = 0; i < random.whole(1, 3); i++)
      parts.push(
        taper([0.46, 0.46], [0.54, 0.56], 0.85, [i * 0.62, 0.08, 0], colors[i % 4] ?? 0x444444),
        box([0.58, 0.08, 0.6], [i * 0.62, 0.93, 0], colors[i % 4] ?? 0x444444),
      );
    return parts;
  },
  // pavement litter bin with a hood
  () => [
    box([0.42, 0.85, 0.36], [-0.24, 0.08, 0], 0x5c6266),
    box([0.42, 0.85, 0.36], [0.24, 0.08, 0], 0x4a6a55),
    box([1.0, 0.07, 0.5], [0, 0.98, 0], 0x3d4043),
  ],
  // bollards
  (random) => {
    const parts: Part[] = [];
    for (let i = 0; i < random.whole(1, 5); i++)
      parts.push(
        pillar(0.07, 0.07, 0.75, [i * 1.3, 0, 0], 0x3a3d40, 8),
        pillar(0.072, 0.072, 0.1, [i * 1.3, 0.55, 0], 0xe6c229, 8),
      );
    return parts;
  },
  // planter
  (random) => {
    const wide = random.between(0.6, 1.8);
    const parts: Part[] = [
      taper([wide, 0.5], [wide + 0.08, 0.58], 0.45, [0, 0, 0], random.pick([0x8d8a84, 0x6b4a35, 0xb9b4aa])),
    ];
    for (let x = -wide / 2 + 0.15; x < wide / 2; x += 0.22)
      parts.push(
        tuft(
          random.between(0.17, 0.26),
          [x, 0.55, random.between(-0.08, 0.08)],
          random.pick([0x3f6b34, 0x4f7f3a, 0x2f5a2c]),
          1,
        ),
      );
    return parts;
  },
  // distribution cabinet
  (random) => [
    box(
      [random.between(0.7, 1.3), random.between(1.1, 1.5), 0.45],
      [0, 0.12, 0],
      random.pick([0xb7bcb9, 0x7f8d83, 0xd0d2cf]),
    ),
    box([1.3, 0.12, 0.5], [0, 0, 0], 0x77797a),
  ],
  // sign post
  (random) => [
    bar([0, 0, 0], [0, 2.6, 0], 0.04, 0x9da1a4),
    pillar(0.32, 0.32, 0.03, [0, 2.2, 0], random.pick([0x2456b8, 0xc23b2e]), 16),
    box([0.6, 0.4, 0.03], [0, 1.7, 0.03], random.pick([0x2456b8, 0xeeeeea])),
  ],
  // street lamp
  (random) => [
    pillar(0.1, 0.06, 6.2, [0, 0, 0], 0x8b9094, 8),
    bar([0, 6.1, 0], [0, 6.4, 1.4], 0.04, 0x8b9094),
    box([0.22, 0.08, 0.55], [0, 6.36, 1.5], random.pick([0xe8e8e2, 0x777a7d])),
  ],
  // cones and water barrier
  (random) => {
    const parts: Part[] = [];
    for (let i = 0; i < random.whole(1, 4); i++)
      parts.push(
        box([0.34, 0.03, 0.34], [i * 0.9, 0, 0], 0x202020),
        pillar(0.14, 0.03, 0.6, [i * 0.9, 0.03, 0], 0xd9501e, 8),
        pillar(0.1, 0.08, 0.12, [i * 0.9, 0.26, 0], 0xefefe8, 8),
      );
    return parts;
  },
  (random) => [taper([1.4, 0.45], [1.3, 0.18], 0.75, [0, 0, 0], random.pick([0xc9302c, 0xe6b422, 0xefefe8]))],
  // hydrant
  () => [
    pillar(0.12, 0.12, 0.6, [0, 0, 0], 0xb3261e, 8),
    ball(0.13, [0, 0.62, 0], 0xb3261e, 1),
    box([0.36, 0.1, 0.1], [0, 0.4, 0], 0xb3261e),
  ],
  // railing
  (random) => {
    const long = random.between(1.8, 4);
    const parts: Part[] = [
      box([long, 0.05, 0.05], [0, 0.95, 0], 0xe4e6e8),
      box([long, 0.05, 0.05], [0, 0.2, 0], 0xe4e6e8),
    ];
    for (let x = -long / 2; x <= long / 2; x += 0.18) parts.push(box([0.03, 0.75, 0.03], [x, 0.2, 0], 0xe4e6e8));
    return parts;
  },
  // bus-stop shelter
  () => [
    box([3.2, 0.08, 1.3], [0, 2.5, 0], 0x5d6468),
    box([3.2, 1.6, 0.05], [0, 0.6, -0.6], 0x7f97a3),
    bar([-1.5, 0, -0.6], [-1.5, 2.5, -0.6], 0.05, 0x5d6468),
    bar([1.5, 0, -0.6], [1.5, 2.5, -0.6], 0.05, 0x5d6468),
    box([2.2, 0.05, 0.35], [0, 0.45, -0.3], 0x9aa0a4),
  ],
  // shrub
  (random) => {
    const parts: Part[] = [];
    for (let i = 0; i < random.whole(2, 7); i++)
      parts.push(
        tuft(
          random.between(0.3, 0.5),
          [i * 0.5, 0.3, random.between(-0.12, 0.12)],
          random.pick([0x3f6b34, 0x4f7f3a, 0x35602f]),
          1,
        ),
      );
    return parts;
  },
  // advertising board on feet
  (random) => [
    box([0.7, 1.0, 0.04], [0, 0.12, 0], random.pick([0xc9302c, 0xf0e9d8, 0x25405e])),
    box([0.6, 0.3, 0.05], [0, 0.7, 0], 0xf2f2ee),
    bar([-0.3, 0, -0.25], [-0.3, 1, 0], 0.02, 0x444444),
    bar([0.3, 0, -0.25], [0.3, 1, 0], 0.02, 0x444444),
  ],
];

export const clutterKinds = builders.length;

export function createClutter(random: Random, kind = random.whole(0, builders.length - 1)): THREE.Object3D {
  const build = builders[kind % builders.length];
  if (!build) throw new Error("no such clutter");
  return solid(build(random));
}

const leaves: Record<Season, readonly number[]> = {
  summer: [0x3f6e33, 0x4d7c3a, 0x587f42, 0x6f7f35, 0x35602f],
  autumn: [0xc98a2b, 0xb5622a, 0xd0a83a, 0x9c7a35, 0x8a8a3a],
  winter: [0x5a6450],
};

/** A tree of the pavement; bare in winter but for one in four, which keeps its leaves. */
export function createTree(random: Random, season: Season = "summer"): THREE.Object3D {
  const high = random.between(2.2, 3.4);
  const crown = random.between(1.1, 2.1);
  const leaf = random.pick(leaves[season]);
  if (season === "winter" && random.chance(0.75)) return bareTree(random, high, crown);
  const parts: Part[] = [
    pillar(0.16, 0.1, high + 0.6, [0, 0, 0], random.pick([0x5c4a3a, 0x77695a]), 7),
    box([1.1, 0.04, 1.1], [0, 0, 0], 0x4e463c),
    pillar(0.175, 0.15, 0.9, [0, 0.04, 0], 0xd9d9d4, 7),
  ];
  for (let i = 0; i < 16; i++) {
    const shade = 0.8 + 0.4 * random.unit();
    const r = crown * random.between(0.3, 0.5);
    parts.push(
      tuft(
        r,
        [
          random.between(-0.75, 0.75) * crown,
          high + random.between(0, 1.25) * crown,
          random.between(-0.75, 0.75) * crown,
        ],
        new THREE.Color(leaf).multiplyScalar(shade),
      ),
    );
  }
  return solid(parts);
}

function bareTree(random: Random, high: number, crown: number): THREE.Object3D {
  const bark = random.pick([0x5c4a3a, 0x77695a]);
  const parts: Part[] = [
    pillar(0.16, 0.08, high + crown, [0, 0, 0], bark, 7),
    pillar(0.175, 0.15, 0.9, [0, 0.04, 0], 0xd9d9d4, 7),
  ];
  for (let i = 0; i < 14; i++) {
    const turn = random.between(0, Math.PI * 2);
    const from = high * random.between(0.75, 1.1);
    const long = crown * random.between(0.5, 1.1);
    const up = random.between(0.4, 1.2) * crown;
    parts.push(bar([0, from, 0], [Math.cos(turn) * long, from + up, Math.sin(turn) * long], 0.03, bark));
  }
  return solid(parts);
}
