import type { Random } from "../../random.ts";
import { ball, bar, box, type Part } from "../../solid.ts";
import type { LoadState } from "./gate-truck.ts";
import { grainy, shaded, sheet, streaked, waves } from "./sheet.ts";

export type Bed = { centreX: number; long: number; wide: number; high: number; floorY: number; paint: number };

const loads = [0x6b4a2e, 0x7a5a3a, 0x594533, 0x8a7355, 0x74706a, 0x2b2926, 0x9c8f7a, 0xb9a888, 0x4a4038];
const cloths = [
  0x26402f, 0x1c3c66, 0x222426, 0x2f6b43, 0x2f8f4a, 0x7c7a72, 0xa29a86, 0x3d5a78, 0x6b2f2a, 0xc4bda8, 0x484b4e,
];

/** Dust nets are green more often than not; sheets thrown over a load are black, blue or the colour of canvas. */
const nets = [
  0x2f8f4a, 0x3aa655, 0x1f7a3d, 0x2c6e3f, 0x26402f, 0x63c48d, 0x8ad3a6, 0x4fb87a, 0x1c3c66, 0x222426, 0x3a3d40,
  0xa29a86, 0xc4bda8,
];

/** Walls, ribs, floor and head board of a tipper body; open at the top. */
export function walls(random: Random, bed: Bed): Part[] {
  const { centreX: x, long, wide, high, floorY: y, paint } = bed;
  const inner = shaded(random.pick([paint, 0x6a5644, 0x5b5d60]), random.between(0.5, 0.85));
  const head = high + random.between(0, 0.45);
  const parts: Part[] = [
    box([long, 0.12, wide], [x, y, 0], inner),
    box([0.09, head, wide], [x + long / 2, y, 0], paint),
    box([0.09, high * random.between(0.92, 1), wide], [x - long / 2, y, 0], paint),
  ];
  for (const side of [1, -1]) {
    parts.push(box([long, high, 0.05], [x, y, side * (wide / 2 - 0.03)], paint));
    parts.push(box([long, high, 0.03], [x, y, side * (wide / 2 - 0.075)], inner));
    parts.push(box([long, 0.1, 0.12], [x, y + high - 0.06, side * (wide / 2 - 0.02)], shaded(paint, 0.9)));
    const ribs = random.whole(5, 12);
    for (let i = 0; i < ribs; i++)
      parts.push(
        box([0.1, high, 0.09], [x + ((i + 0.5) / ribs - 0.5) * long, y, side * (wide / 2 + 0.03)], shaded(paint, 0.8)),
      );
    parts.push(box([long - 0.3, 0.42, 0.06], [x, 0.5, side * (wide / 2 - 0.1)], 0x8b8e91));
  }
  return parts;
}

/** Half a sine wave over 0..1: nothing at the edges, one in the middle. */
const bulge = (t: number): number => Math.max(0, Math.sin(Math.PI * t));

/** Loose goods up to somewhere between deep in the body and a heap above its edge. */
function heap(random: Random, bed: Bed): Part[] {
  const colour = random.pick(loads);
  const edge = bed.high * random.between(-0.75, 0.1);
  const top = random.between(0.1, 0.95);
  const steep = random.between(0.4, 1.2);
  const peaks = random.chance(0.4) ? 2 : 1;
  const rough = waves(random, random.between(14, 46));
  const bump = random.between(0.04, 0.2);
  const level = (u: number, v: number): number =>
    top * Math.abs(Math.sin(Math.PI * peaks * u)) ** steep * bulge(v) ** 0.7 + bump * rough(u, v);
  const surface = bed.floorY + bed.high + edge;
  const fine: readonly [number, number] = [random.whole(30, 64), random.whole(14, 30)];
  const surfaceSheet = sheet(
    bed.long - 0.16,
    bed.wide - 0.16,
    (u, v) => Math.max(level(u, v), 0.2 - bed.high - edge),
    colour,
    [bed.centreX, surface, 0],
    fine,
  );
  const parts = [random.chance(0.3) ? surfaceSheet : grainy(surfaceSheet, random, random.between(0.15, 0.5))];
  const lumps = random.chance(0.25) ? 0 : random.whole(4, 40);
  for (let i = 0; i < lumps; i++) {
    const [u, v] = [random.between(0.05, 0.95), random.between(0.08, 0.92)];
    const size = random.between(0.08, 0.38);
    parts.push(
      box(
        [size, size * random.between(0.5, 1), size * random.between(0.6, 1.2)],
        [
          bed.centreX + (u - 0.5) * bed.long,
          surface + Math.max(level(u, v), 0.2 - bed.high - edge) - 0.04,
          (v - 0.5) * (bed.wide - 0.3),
        ],
        shaded(colour, random.between(0.55, 1.4)),
        random.unit() * 3,
      ),
    );
  }
  return parts;
}

/** A tarpaulin or dust net: flat and sagging between hoops, or humped over the load; it hangs over the edges. */
function cloth(random: Random, bed: Bed): Part[] {
  const colour = random.pick(cloths);
  const net = random.chance(0.3);
  const hump = random.chance(0.5) ? random.between(0.2, 0.9) : random.between(-0.12, 0.25);
  const hoops = random.whole(3, 9);
  const sag = random.between(0.02, 0.1);
  const folds = waves(random, net ? 40 : 22);
  const fold = random.between(0.015, net ? 0.1 : 0.07);
  const rim = bed.floorY + bed.high + 0.04;
  const height = (u: number, v: number): number =>
    hump * bulge(v) ** 0.8 * bulge(u) ** 0.35 + sag * Math.cos(u * Math.PI * 2 * hoops) * bulge(v) + fold * folds(u, v);
  const parts = [
    sheet(bed.long + 0.14, bed.wide + 0.12, height, net ? shaded(colour, 1.25) : colour, [bed.centreX, rim, 0]),
  ];
  const drop = random.between(0.12, 0.5);
  for (const side of [1, -1])
    parts.push(
      box([bed.long + 0.12, drop, 0.03], [bed.centreX, rim - drop, side * (bed.wide / 2 + 0.06)], shaded(colour, 0.9)),
    );
  for (const end of [1, -1])
    parts.push(
      box([0.03, drop, bed.wide], [bed.centreX + end * (bed.long / 2 + 0.07), rim - drop, 0], shaded(colour, 0.85)),
    );
  if (random.chance(0.5))
    for (let i = 1; i < hoops; i++) {
      const u = i / hoops;
      const at = bed.centreX + (u - 0.5) * bed.long;
      const high = rim + height(u, 0.5) + 0.03;
      for (const side of [1, -1])
        parts.push(bar([at, high, 0], [at, rim - drop, side * (bed.wide / 2 + 0.08)], 0.018, 0xc9c3b0));
    }
  return parts;
}

/** Two random waves of their own fineness along and across: folds run one way on most cloths. */
function folded(random: Random): (u: number, v: number) => number {
  const coarse = waves(random, random.between(10, 40));
  const fine = waves(random, random.between(60, 200));
  const [along, across] = random.chance(0.5) ? [1, random.between(0.1, 0.5)] : [random.between(0.1, 0.5), 1];
  const share = random.between(0.3, 0.8);
  return (u, v) => share * coarse(u * along, v * across) + (1 - share) * fine(u * along, v * across);
}

/**
 * A net or tarpaulin thrown over the heap and tucked in: it lies on the load inside the walls, or sags in hollows between what it lies on,
 * wrinkled all over; its edges hang over the walls here and there or not at all.
 */
function draped(random: Random, bed: Bed): Part[] {
  const colour = random.pick(nets);
  const isSagging = random.chance(0.4);
  const edge = bed.high * random.between(-0.35, 0.08);
  const top = isSagging ? random.between(0, 0.25) : random.between(0.2, 1);
  const steep = random.between(0.35, 1.1);
  const peaks = random.chance(0.4) ? 2 : 1;
  const hollows = waves(random, random.between(3, 9));
  const hollow = isSagging ? random.between(0.1, 0.3) : random.between(0, 0.1);
  const folds = folded(random);
  const fold = random.between(0.04, 0.2);
  const surface = bed.floorY + bed.high + edge;
  const level = (u: number, v: number): number =>
    top * Math.abs(Math.sin(Math.PI * peaks * u)) ** steep * bulge(v) ** 0.6 +
    hollow * hollows(u, v) * bulge(u) ** 0.3 * bulge(v) ** 0.3 +
    fold * folds(u, v);
  const overhang = random.between(-0.14, 0.08);
  const size = [bed.long + overhang, bed.wide + overhang] as const;
  const at = [bed.centreX, surface, 0] as const;
  const cloth = sheet(...size, (u, v) => Math.max(level(u, v), 0.2 - bed.high - edge), colour, at, [
    random.whole(50, 140),
    random.whole(26, 72),
  ]);
  // crumpled netting is as coarse to look at as soil: texture alone must not tell them apart
  const crumpled = random.chance(0.5) ? grainy(cloth, random, random.between(0.1, 0.5)) : cloth;
  const parts = [streaked(crumpled, folds, random.between(0.25, 1.1), size, at)];
  for (const side of [1, -1])
    if (random.chance(0.4)) {
      const long = bed.long * random.between(0.3, 1);
      const middle = bed.centreX + random.between(-0.5, 0.5) * (bed.long - long);
      const drop = random.between(0.1, 0.45);
      parts.push(
        box(
          [long, drop, 0.03],
          [middle, bed.floorY + bed.high - drop + 0.03, side * (bed.wide / 2 + 0.05)],
          shaded(colour, 0.9),
        ),
      );
    }
  return parts;
}

/** A hydraulic lid: flat sliding plates or folding leaves in the colour of the body, with seams. */
function lid(random: Random, bed: Bed): Part[] {
  const paint = random.chance(0.7) ? bed.paint : random.pick([0x8b8e91, 0x3c3f43, 0x2c7a3f]);
  const rim = bed.floorY + bed.high + 0.02;
  const leaves = random.whole(3, 8);
  const parts: Part[] = [];
  const peaked = random.chance(0.4) ? random.between(0.05, 0.3) : 0;
  for (let i = 0; i < leaves; i++) {
    const u = (i + 0.5) / leaves;
    const width = bed.long / leaves - 0.05;
    parts.push(
      sheet(
        width,
        bed.wide + 0.04,
        (a, v) => peaked * (1 - Math.abs(2 * v - 1)) + (i % 2) * 0.03 + 0.02 * Math.sin(a * 3),
        shaded(paint, random.between(0.85, 1.1)),
        [bed.centreX + (u - 0.5) * bed.long, rim + 0.05, 0],
        [2, 8],
      ),
    );
    parts.push(
      box(
        [0.06, 0.1 + peaked, bed.wide * 0.98],
        [bed.centreX + (i / leaves - 0.5) * bed.long, rim, 0],
        shaded(paint, 0.6),
      ),
    );
  }
  for (const side of [1, -1])
    parts.push(box([bed.long, 0.14, 0.08], [bed.centreX, rim - 0.04, side * (bed.wide / 2)], shaded(paint, 0.75)));
  return parts;
}

/** A tarpaulin drawn back to the head board, as open and empty bodies carry it: a roll, or a lumpy heap of cloth. */
function rolledCloth(random: Random, bed: Bed): Part[] {
  const thick = random.between(0.1, 0.22);
  const at = bed.centreX + bed.long / 2 - random.between(0.1, 0.5);
  const y = bed.floorY + bed.high + random.between(-0.25, 0.3);
  const colour = random.pick(cloths);
  if (random.chance(0.5)) return [bar([at, y, -bed.wide / 2], [at, y, bed.wide / 2], thick, colour)];
  return Array.from({ length: random.whole(4, 9) }, () =>
    ball(
      random.between(0.15, 0.34),
      [at - random.between(-0.1, 0.3), y, random.between(-0.42, 0.42) * bed.wide],
      shaded(colour, random.between(0.7, 1.2)),
      1,
      random.between(0.5, 0.9),
    ),
  );
}

/** Dirt left on the floor of an empty body. */
function residue(random: Random, bed: Bed): Part[] {
  const rough = waves(random, 12);
  return [
    grainy(
      sheet(
        bed.long - 0.2,
        bed.wide - 0.2,
        (u, v) => random.between(0, 0.01) + 0.05 * Math.max(-0.4, rough(u, v)),
        shaded(random.pick(loads), 0.9),
        [bed.centreX, bed.floorY + 0.13, 0],
      ),
      random,
      0.2,
    ),
  ];
}

/** What lies in the body and over it. */
export function filling(random: Random, bed: Bed, state: LoadState): Part[] {
  if (state === "covered") {
    const kind = random.unit();
    return kind < 0.55 ? draped(random, bed) : kind < 0.8 ? cloth(random, bed) : lid(random, bed);
  }
  const roll = random.chance(0.4) ? rolledCloth(random, bed) : [];
  if (state === "open") return [...heap(random, bed), ...roll];
  return [...(random.chance(0.7) ? residue(random, bed) : []), ...roll];
}
