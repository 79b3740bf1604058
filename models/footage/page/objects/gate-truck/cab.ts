import type { Random } from "../../random.ts";
import { box, type Part, taper } from "../../solid.ts";
import { shaded } from "./sheet.ts";

export const cabPaints = [0xd9a520, 0x2c7a3f, 0x1f4f9a, 0xa8231f, 0xb5322a, 0xe6e6e2, 0xd2691e, 0x23262b, 0x8d2f2a];

/** Lorry cab, front along +x, its back wall at `backX`; returns where its lamps are. */
export function cab(
  random: Random,
  paint: number,
  backX: number,
  wide: number,
): { parts: Part[]; lamps: [number, number, number][]; frontX: number; highM: number } {
  const long = random.between(1.8, 2.35);
  const x = backX + long / 2;
  const front = backX + long;
  const lower = random.between(1.0, 1.25);
  const glass = random.between(0.75, 0.95);
  const roofAt = 0.65 + lower + glass;
  const brow = random.between(0.15, 0.45);
  const trim = random.pick([0x2a2b2d, 0x3b3d40, paint]);
  const parts: Part[] = [
    taper([long, wide], [long - 0.08, wide - 0.06], lower, [x, 0.65, 0], paint),
    taper([long - 0.08, wide - 0.06], [long - 0.3, wide - 0.22], glass, [x, 0.65 + lower, 0], paint, -0.08),
    // windscreen and side windows stand a little before the painted frame
    box([0.05, glass * 0.82, wide - 0.36], [front - 0.09, 0.68 + lower, 0], 0x161d22),
    box([long * 0.5, glass * 0.7, wide - 0.02], [x + long * 0.15, 0.72 + lower, 0], 0x1b252b),
    taper([long - 0.3, wide - 0.2], [long - 0.6, wide - 0.4], brow, [x - 0.1, roofAt, 0], paint, -0.1),
    box([0.08, brow, wide * 0.8], [front - 0.22, roofAt, 0], random.chance(0.4) ? 0x1a1a1c : paint),
    box([0.06, lower * 0.55, wide * random.between(0.5, 0.85)], [front, 0.85, 0], trim),
    box([0.16, 0.42, wide], [front + 0.02, 0.38, 0], random.pick([0x2a2b2d, paint, 0x777a7d])),
    box([0.04, 0.15, 0.46], [front + 0.12, 0.5, 0], 0xd9b21a),
    box([0.1, 0.62, 0.2], [front - 0.12, 0.75 + lower, wide / 2 + 0.16], 0x17181a),
    box([0.1, 0.62, 0.2], [front - 0.12, 0.75 + lower, -wide / 2 - 0.16], 0x17181a),
  ];
  // a name on the brow, as blocks of paint
  if (random.chance(0.45)) {
    const ink = random.pick([0xe3b21c, 0xf0f0ea, 0xc7cbd0]);
    const count = random.whole(3, 6);
    for (let i = 0; i < count; i++)
      parts.push(
        box(
          [0.02, brow * 0.7, 0.16],
          [front - 0.17, roofAt + brow * 0.15, (i - (count - 1) / 2) * 0.3],
          shaded(ink, random.between(0.8, 1.1)),
        ),
      );
  }
  // an air deflector, a roof lamp bar, or nothing
  const hasDeflector = random.chance(0.3);
  if (hasDeflector)
    parts.push(
      taper([0.9, wide - 0.5], [0.3, wide - 0.6], random.between(0.3, 0.7), [x - 0.2, roofAt + brow, 0], paint, -0.3),
    );
  const hasLampBar = !hasDeflector && random.chance(0.3);
  if (hasLampBar) parts.push(box([0.12, 0.1, wide * 0.7], [x + 0.3, roofAt + brow, 0], 0x9a8f5a));
  const lampZ = wide / 2 - random.between(0.25, 0.4);
  const lampY = random.between(0.62, 0.85);
  for (const z of [lampZ, -lampZ]) parts.push(box([0.06, 0.2, 0.36], [front + 0.03, lampY - 0.1, z], 0xe9e9e0));
  return {
    parts,
    lamps: [
      [front + 0.12, lampY, lampZ],
      [front + 0.12, lampY, -lampZ],
    ],
    frontX: front,
    highM: roofAt + brow,
  };
}
