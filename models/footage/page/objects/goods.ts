import type * as THREE from "three";
import type { Random } from "../random.ts";
import { ball, bar, box, labelled, type Part, pillar, solid, taper } from "../solid.ts";

const plastics = [0x2467b3, 0x2f9a4c, 0xc92f2f, 0xe6b422, 0xe07b24, 0x7b8288];
const produce = [0xd8342c, 0xe88b1f, 0xe8c92a, 0x59a23a, 0x8fbf3f, 0x6a2f52, 0xc75b39, 0xf0d7b0];
const cartons = [0xb98a56, 0xa97a48, 0xc79a66, 0x9c7040, 0xd8c3a0];

export const goodsKinds = [
  "crates",
  "cartons",
  "fruit",
  "clothes",
  "sacks",
  "buckets",
  "shelf",
  "melons",
  "cloth",
  "freezer",
  "bricks",
  "timber",
  "tyres",
  "pots",
] as const;
export type GoodsKind = (typeof goodsKinds)[number];

function crate(random: Random, at: readonly [number, number, number], color: number, filled: boolean): Part[] {
  const [x, y, z] = at;
  const parts = [
    taper([0.5, 0.36], [0.54, 0.4], 0.28, at, color),
    box([0.46, 0.02, 0.32], [x, y + 0.275, z], filled ? random.pick(produce) : 0x2a2c2e),
  ];
  if (filled) {
    const fruit = random.pick(produce);
    for (let i = 0; i < 8; i++)
      parts.push(ball(0.075, [x + ((i % 4) - 1.5) * 0.115, y + 0.31, z + (i < 4 ? -0.08 : 0.08)], fruit, 0));
  }
  return parts;
}

const builders: Record<GoodsKind, (random: Random, wideM: number) => Part[]> = {
  crates: (random, wideM) => {
    const parts: Part[] = [];
    const columns = Math.max(1, Math.round(wideM / 0.58));
    const color = random.pick(plastics);
    for (let row = 0; row < random.whole(1, 2); row++)
      for (let i = 0; i < columns; i++) {
        const high = random.whole(1, 4);
        for (let k = 0; k < high; k++)
          parts.push(
            ...crate(
              random,
              [(i - (columns - 1) / 2) * 0.58, k * 0.29, row * 0.44],
              random.chance(0.7) ? color : random.pick(plastics),
              k === high - 1 && random.chance(0.7),
            ),
          );
      }
    return parts;
  },
  cartons: (random, wideM) => {
    const parts: Part[] = [];
    const columns = Math.max(1, Math.round(wideM / 0.62));
    for (let row = 0; row < random.whole(1, 2); row++)
      for (let i = 0; i < columns; i++) {
        let y = 0;
        for (let k = random.whole(1, 4); k > 0; k--) {
          const high = random.between(0.25, 0.45);
          const x = (i - (columns - 1) / 2) * 0.62 + random.between(-0.05, 0.05);
          const z = row * 0.52 + random.between(-0.05, 0.05);
          parts.push(
            box(
              [random.between(0.45, 0.6), high, random.between(0.38, 0.5)],
              [x, y, z],
              random.pick(cartons),
              random.between(-0.15, 0.15),
            ),
          );
          if (random.chance(0.7)) parts.push(box([0.5, 0.01, 0.07], [x, y + high, z], 0xd9c9a4));
          y += high;
        }
      }
    return parts;
  },
  fruit: (random, wideM) => {
    const parts: Part[] = [];
    const columns = Math.max(2, Math.round(wideM / 0.5));
    for (let tier = 0; tier < 3; tier++) {
      const y = 0.25 + tier * 0.26;
      const z = 0.42 - tier * 0.42;
      parts.push(box([columns * 0.5, y, 0.4], [0, 0, z], tier % 2 ? 0x3d7a48 : 0x5c6266));
      for (let i = 0; i < columns; i++) {
        const x = (i - (columns - 1) / 2) * 0.5;
        const fruit = random.pick(produce);
        parts.push(
          taper([0.4, 0.34], [0.47, 0.4], 0.12, [x, y, z], random.pick([0xe8e4da, 0x3a9a55, 0x2a6fb5, 0xd8b070])),
        );
        for (let k = 0; k < 7; k++)
          parts.push(
            ball(0.075, [x + ((k % 4) - 1.5) * 0.1, y + 0.14 + (k % 3) * 0.02, z + (k < 4 ? -0.08 : 0.09)], fruit, 0),
          );
      }
    }
    return parts;
  },
  clothes: (random, wideM) => {
    const half = Math.max(0.5, wideM / 2);
    const top = random.between(1.4, 1.7);
    const parts: Part[] = [bar([-half, top, 0], [half, top, 0], 0.025, 0xb8bcc0)];
    for (const x of [-half, half])
      parts.push(bar([x, 0, 0], [x, top, 0], 0.025, 0xb8bcc0), bar([x, 0.04, -0.28], [x, 0.04, 0.28], 0.025, 0xb8bcc0));
    for (let x = -half + 0.1; x < half - 0.05; x += random.between(0.09, 0.16))
      parts.push(
        taper(
          [0.06, 0.5],
          [0.05, 0.38],
          random.between(0.6, 0.95),
          [x, top - 0.98 + random.between(0, 0.2), 0],
          random.pick([...produce, 0x20242a, 0xe9e6e0, 0x2f4a7a, 0xb55f83]),
        ),
      );
    return parts;
  },
  sacks: (random, wideM) => {
    const parts: Part[] = [];
    const color = random.pick([0xe6e0d0, 0xcfc4a8, 0xd8d8d4, 0x9fb08a]);
    const columns = Math.max(1, Math.round(wideM / 0.7));
    for (let i = 0; i < columns; i++)
      for (let k = 0; k < random.whole(1, 4); k++)
        parts.push(
          taper(
            [0.72, 0.44],
            [0.6, 0.34],
            0.17,
            [(i - (columns - 1) / 2) * 0.74 + random.between(-0.04, 0.04), k * 0.165, random.between(-0.04, 0.04)],
            k % 2 ? color : 0xdcd6c6,
          ),
          box([0.3, 0.002, 0.18], [(i - (columns - 1) / 2) * 0.74, k * 0.165 + 0.171, 0], 0xb8382f),
        );
    return parts;
  },
  buckets: (random, wideM) => {
    const parts: Part[] = [];
    const columns = Math.max(2, Math.round(wideM / 0.4));
    for (let row = 0; row < 2; row++)
      for (let i = 0; i < columns; i++) {
        const x = (i - (columns - 1) / 2) * 0.4;
        parts.push(pillar(0.13, 0.17, 0.3, [x, 0, row * 0.4], random.pick(plastics), 8));
        const bloom = random.pick([0xd64577, 0xe9c53a, 0xe9e4ef, 0x9a4fc0, 0xd63a2f]);
        for (let k = 0; k < 6; k++)
          parts.push(
            bar(
              [x, 0.3, row * 0.4],
              [
                x + random.between(-0.16, 0.16),
                0.55 + random.between(0, 0.15),
                row * 0.4 + random.between(-0.16, 0.16),
              ],
              0.012,
              0x3f7a3a,
            ),
            ball(
              0.06,
              [
                x + random.between(-0.16, 0.16),
                0.62 + random.between(0, 0.15),
                row * 0.4 + random.between(-0.16, 0.16),
              ],
              bloom,
              0,
            ),
          );
      }
    return parts;
  },
  shelf: (random, wideM) => {
    const parts: Part[] = [];
    const high = random.between(1.2, 1.7);
    for (const x of [-wideM / 2, wideM / 2])
      for (const z of [-0.22, 0.22]) parts.push(bar([x, 0, z], [x, high, z], 0.02, 0xcfd2d4));
    for (let y = 0.15; y < high; y += 0.42) {
      parts.push(box([wideM, 0.03, 0.46], [0, y, 0], 0xe4e4e0));
      for (let x = -wideM / 2 + 0.1; x < wideM / 2 - 0.05; x += random.between(0.13, 0.24))
        parts.push(
          box(
            [0.12, random.between(0.12, 0.32), 0.34],
            [x, y + 0.03, 0],
            random.pick([...produce, ...plastics, 0xeeeeea]),
          ),
        );
    }
    return parts;
  },
  melons: (random, wideM) => {
    const parts: Part[] = [];
    const skin = random.pick([0x3f7a3a, 0x2f5f34, 0xc9b84a, 0xe0b23a]);
    const columns = Math.max(3, Math.round(wideM / 0.26));
    for (let tier = 0; tier < 3; tier++)
      for (let row = 0; row < 3 - tier; row++)
        for (let i = 0; i < columns - tier; i++)
          parts.push(
            ball(
              0.14,
              [
                (i - (columns - tier - 1) / 2) * 0.26 + random.between(-0.02, 0.02),
                0.13 + tier * 0.2,
                row * 0.25 + tier * 0.12,
              ],
              skin,
              0,
              0.9,
            ),
          );
    return parts;
  },
  // a cloth on the ground with small things in rows: the hawker's usual shop
  cloth: (random, wideM) => {
    const deep = random.between(0.9, 1.4);
    const parts: Part[] = [box([wideM, 0.015, deep], [0, 0, 0], random.pick([0x2a5fa8, 0x8e2f2f, 0xd8d2c4, 0x2f4b3c]))];
    for (let x = -wideM / 2 + 0.12; x < wideM / 2 - 0.05; x += random.between(0.14, 0.24))
      for (let z = -deep / 2 + 0.12; z < deep / 2 - 0.05; z += random.between(0.16, 0.26))
        parts.push(
          box(
            [random.between(0.06, 0.15), random.between(0.04, 0.2), random.between(0.06, 0.15)],
            [x, 0.015, z],
            random.pick([...produce, ...plastics, 0xf0f0ea, 0x1d1f22]),
            random.between(-0.4, 0.4),
          ),
        );
    return parts;
  },
  freezer: (random, wideM) => {
    const parts: Part[] = [];
    const count = Math.max(1, Math.round(wideM / 1.2));
    const upright = random.chance(0.4);
    const shell = random.pick([0xf2f2ee, 0xd84a3a, 0x2a6fb5]);
    for (let i = 0; i < count; i++) {
      const x = (i - (count - 1) / 2) * (upright ? 0.75 : 1.2);
      if (upright)
        parts.push(
          box([0.68, 1.75, 0.6], [x, 0.06, 0], shell),
          box([0.56, 1.2, 0.03], [x, 0.35, 0.3], 0x7d9aa6),
          box([0.6, 0.24, 0.03], [x, 1.57, 0.3], random.pick(produce)),
        );
      else
        parts.push(
          box([1.1, 0.8, 0.62], [x, 0.06, 0], shell),
          box([1.0, 0.03, 0.54], [x, 0.86, 0], 0x9fb6c0),
          box([1.11, 0.22, 0.63], [x, 0.5, 0], random.pick([0x2a6fb5, 0xc9302c, 0x2f9a4c])),
        );
    }
    return parts;
  },
  bricks: (random, wideM) => {
    const parts: Part[] = [];
    const paint = random.pick([0xa5533a, 0x8f8f8a, 0xb06a4a]);
    const layers = random.whole(2, 6);
    for (let k = 0; k < layers; k++)
      for (let x = -wideM / 2; x < wideM / 2; x += 0.26)
        parts.push(box([0.24, 0.13, 0.7], [x + (k % 2 ? 0.06 : 0), k * 0.14, random.between(-0.03, 0.03)], paint));
    if (random.chance(0.5))
      parts.push(taper([1.3, 1.1], [0.2, 0.15], random.between(0.4, 0.8), [wideM / 2 + 0.7, 0, 0], 0xbca678));
    return parts;
  },
  timber: (random, wideM) => {
    const parts: Part[] = [];
    const long = Math.max(1.4, wideM);
    for (let k = random.whole(6, 16); k > 0; k--) {
      const [y, z] = [random.between(0.02, 0.45), random.between(-0.4, 0.4)];
      const skew = random.between(-0.12, 0.12);
      parts.push(
        bar(
          [-long / 2, y, z - skew],
          [long / 2 + random.between(-0.3, 0.3), y, z + skew],
          random.between(0.03, 0.06),
          random.pick([0xb98a56, 0x8f6a45, 0xd2b07a, 0x8b9094]),
        ),
      );
    }
    return parts;
  },
  tyres: (random, wideM) => {
    const parts: Part[] = [];
    for (let x = -wideM / 2 + 0.32; x < wideM / 2; x += 0.66)
      for (let k = random.whole(2, 5); k > 0; k--)
        parts.push(
          pillar(0.31, 0.31, 0.19, [x, (k - 1) * 0.2, 0], 0x1c1d1f, 12),
          pillar(0.17, 0.17, 0.195, [x, (k - 1) * 0.2, 0], 0x4a4d50, 10),
        );
    return parts;
  },
  pots: (random, wideM) => {
    const parts: Part[] = [];
    for (let x = -wideM / 2 + 0.2; x < wideM / 2; x += random.between(0.3, 0.42))
      for (let row = 0; row < 2; row++) {
        const [z, high] = [row * 0.4, random.between(0.2, 0.34)];
        parts.push(
          pillar(0.11, 0.15, high, [x, 0, z], random.pick([0xa5533a, 0xe8e4da, 0x55585b]), 8),
          ball(random.between(0.12, 0.22), [x, high + 0.14, z], random.pick([0x3f6b34, 0x5d8a3a, 0xc85a78]), 1, 1.2),
        );
      }
    return parts;
  },
};

/** Wares put out on the ground: one labelled group, long side along x. */
export function createGoods(
  random: Random,
  kind: GoodsKind = random.pick(goodsKinds),
  wideM = random.between(0.6, 2.2),
): THREE.Object3D {
  return labelled("goods", solid(builders[kind](random, wideM)));
}
