import type * as THREE from "three";
import type { Random } from "../random.ts";
import { box, labelled, type Part, profile, solid, taper, wheel } from "../solid.ts";

const paints = [
  0xf2f2f0, 0xf2f2f0, 0x111214, 0x1c1d20, 0xa9adb2, 0x8d9298, 0x7d1a1c, 0x1f3a6b, 0x5b4a36, 0xc8b48a, 0x2f4b3c,
  0xe8e4d8,
];
const glass = 0x1d262c;

type CarKind = "sedan" | "suv" | "van" | "taxi" | "hatch";

/** A parked or passing car, front along +x, about 4–4.9 m. */
export function createCar(
  random: Random,
  kind: CarKind = random.pick(["sedan", "sedan", "suv", "van", "taxi", "hatch"]),
  paintAs?: number,
): THREE.Object3D {
  const paint =
    paintAs ??
    (kind === "taxi"
      ? random.pick([0x2e9f95, 0xe0a21b, 0x1f5fa8, 0xb6332e])
      : kind === "van"
        ? random.pick([0xe9e9e6, 0xb9bdc0, 0x8a8f95])
        : random.pick(paints));
  const long = { sedan: 4.7, suv: 4.6, van: 4.3, taxi: 4.6, hatch: 3.9 }[kind];
  const wide = kind === "van" ? 1.68 : 1.8;
  const tall = { sedan: 1.46, suv: 1.72, van: 1.88, taxi: 1.48, hatch: 1.5 }[kind];
  const belt = { sedan: 0.88, suv: 1.02, van: 1.02, taxi: 0.88, hatch: 0.9 }[kind];
  const half = long / 2;
  const hood = kind === "van" ? belt + 0.02 : belt - 0.1;
  const body = profile(
    [
      [-half, 0.32],
      [half - 0.08, 0.28],
      [half, 0.5],
      [half - 0.1, hood - 0.06],
      [half - 1.05, hood + 0.08],
      [-half + 0.6, belt + 0.06],
      [-half + 0.03, belt - 0.02],
    ],
    wide,
    paint,
    0.06,
  );
  const cabinLong = { sedan: 2.6, suv: 3.2, van: 3.75, taxi: 2.6, hatch: 2.7 }[kind];
  const cabinAt = { sedan: -0.2, suv: -0.55, van: -0.15, taxi: -0.2, hatch: -0.45 }[kind];
  const roofLong = kind === "van" ? cabinLong - 0.55 : cabinLong - (kind === "suv" ? 0.95 : 1.25);
  const roofShift = kind === "van" ? -0.22 : -0.12;
  const parts: Part[] = [
    body,
    taper([cabinLong, wide - 0.12], [roofLong, wide - 0.42], tall - belt - 0.06, [cabinAt, belt, 0], glass, roofShift),
    taper(
      [roofLong + 0.06, wide - 0.4],
      [roofLong - 0.1, wide - 0.5],
      0.07,
      [cabinAt + roofShift, tall - 0.07, 0],
      paint,
    ),
    // pillars: thin painted blocks that break the dark glass into windows
    taper(
      [0.1, wide - 0.1],
      [0.08, wide - 0.4],
      tall - belt - 0.06,
      [cabinAt + roofShift + 0.1, belt + 0.005, 0],
      paint,
    ),
    box([0.06, 0.12, wide - 0.5], [half - 0.03, 0.36, 0], 0x202224),
    box([0.06, 0.13, 0.34], [half - 0.07, 0.6, wide / 2 - 0.24], 0xe9eef0),
    box([0.06, 0.13, 0.34], [half - 0.07, 0.6, -wide / 2 + 0.24], 0xe9eef0),
    box([0.05, 0.14, 0.3], [-half + 0.0, 0.68, wide / 2 - 0.22], 0x9c1515),
    box([0.05, 0.14, 0.3], [-half + 0.0, 0.68, -wide / 2 + 0.22], 0x9c1515),
    // number plates: blue, too small to read
    box([0.03, 0.14, 0.44], [half + 0.0, 0.42, 0], 0x2456b8),
    box([0.03, 0.14, 0.44], [-half - 0.01, 0.45, 0], 0x2456b8),
    box([0.16, 0.12, wide + 0.3], [cabinAt + cabinLong / 2 - 0.55, belt + 0.02, 0], paint),
    box([long - 1.2, 0.05, wide + 0.01], [0, 0.3, 0], 0x1a1a1b),
  ];
  if (kind === "taxi") parts.push(box([0.2, 0.14, 0.6], [cabinAt + roofShift, tall, 0], 0xf4efcf));
  for (const x of [half - 0.85, -half + 0.85])
    for (const z of [wide / 2 - 0.09, -wide / 2 + 0.09]) parts.push(...wheel(0.32, 0.2, [x, 0.32, z]));
  return labelled("car", solid(parts, "glossy"));
}
