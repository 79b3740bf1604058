import type * as THREE from "three";
import type { Random } from "../random.ts";
import { bar, box, labelled, type Part, pillar, solid, taper } from "../solid.ts";

const plastics = [0xc92f2f, 0x2467b3, 0xe8e6e0, 0x2f9a4c, 0xe07b24, 0xe6b422];

export function createTable(random: Random, colorAs?: number): THREE.Object3D {
  const wood = colorAs ?? random.pick([0x8a5a33, 0xc79a66, 0xe6e2d8, 0xb9bec2, 0x5d4634, 0x9c2f2a]);
  const round = random.chance(0.4);
  const size = random.between(0.65, 1.1);
  const parts: Part[] = round
    ? [pillar(size / 2, size / 2, 0.04, [0, 0.71, 0], wood, 14)]
    : [box([size * random.between(1, 1.4), 0.04, size * 0.8], [0, 0.71, 0], wood)];
  if (round && random.chance(0.5))
    parts.push(pillar(0.05, 0.05, 0.71, [0, 0, 0], 0x55585b), pillar(0.28, 0.2, 0.04, [0, 0, 0], 0x55585b));
  else
    for (const x of [-1, 1])
      for (const z of [-1, 1])
        parts.push(
          bar([x * size * 0.42, 0, z * size * 0.33], [x * size * 0.36, 0.72, z * size * 0.28], 0.025, 0x6a6d70),
        );
  for (let i = random.whole(0, 4); i > 0; i--)
    parts.push(
      pillar(
        0.05,
        0.08,
        0.07,
        [random.between(-0.25, 0.25), 0.75, random.between(-0.2, 0.2)],
        random.pick([0xf2f2ee, 0xc23b2e, 0x3a6ea5]),
        8,
      ),
    );
  return labelled("furniture", solid(parts));
}

export function createStool(random: Random, colorAs?: number): THREE.Object3D {
  const color = colorAs ?? random.pick(plastics);
  const high = random.chance(0.4) ? 0.3 : 0.45;
  const parts: Part[] = random.chance(0.5)
    ? [taper([0.36, 0.36], [0.27, 0.27], high, [0, 0, 0], color), box([0.29, 0.03, 0.29], [0, high, 0], color)]
    : [pillar(0.19, 0.14, high, [0, 0, 0], color, 9), pillar(0.16, 0.16, 0.03, [0, high, 0], color, 9)];
  return labelled("furniture", solid(parts));
}

/** Chair with a back, seat facing +x. */
export function createChair(random: Random, colorAs?: number): THREE.Object3D {
  const color = colorAs ?? random.pick([...plastics, 0x8a5a33, 0x5d4634]);
  const parts: Part[] = [
    box([0.42, 0.05, 0.42], [0, 0.43, 0], color),
    taper([0.05, 0.42], [0.04, 0.36], 0.42, [-0.2, 0.48, 0], color, -0.07),
  ];
  for (const x of [-0.18, 0.18])
    for (const z of [-0.18, 0.18])
      parts.push(bar([x * 1.15, 0, z * 1.15], [x, 0.44, z], 0.022, random.chance(0.5) ? color : 0x6a6d70));
  if (random.chance(0.3)) for (const z of [-0.22, 0.22]) parts.push(box([0.36, 0.03, 0.04], [0, 0.64, z], color));
  return labelled("furniture", solid(parts));
}

/** Long folding table, bare or under a cloth that hangs down. */
export function createLongTable(random: Random): THREE.Object3D {
  const long = random.between(1.4, 2.4);
  const top = random.pick([0xf0eee6, 0xb9bec2, 0xc92f2f, 0x8a5a33]);
  const parts: Part[] = [box([long, 0.04, 0.65], [0, 0.71, 0], top)];
  if (random.chance(0.4)) {
    const cloth = random.pick([0xc92f2f, 0x2467b3, 0xe8e4da, 0x6a2f52]);
    parts.push(
      box([long + 0.02, 0.6, 0.02], [0, 0.14, 0.33], cloth),
      box([long + 0.03, 0.02, 0.68], [0, 0.745, 0], cloth),
    );
  }
  for (const x of [-long / 2 + 0.1, long / 2 - 0.1])
    parts.push(
      bar([x, 0, -0.28], [x, 0.72, 0.28], 0.022, 0x6a6d70),
      bar([x, 0, 0.28], [x, 0.72, -0.28], 0.022, 0x6a6d70),
    );
  for (let i = random.whole(0, 5); i > 0; i--)
    parts.push(
      pillar(
        0.07,
        0.07,
        random.between(0.06, 0.25),
        [random.between(-0.45, 0.45) * long, 0.75, random.between(-0.2, 0.2)],
        random.pick([0xf2f2ee, 0xc23b2e, 0x3a6ea5, 0x2f8f4b]),
        8,
      ),
    );
  return labelled("furniture", solid(parts));
}
