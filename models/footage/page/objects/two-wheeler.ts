import type * as THREE from "three";
import type { Random } from "../random.ts";
import { bar, box, labelled, type Part, pillar, ring, solid, taper, wheel } from "../solid.ts";

const paints = [0xb3262a, 0xf0f0ec, 0x15171a, 0x2c6fb0, 0xe7a7b8, 0x7fae9c, 0x6b7076, 0xd97f2b];

/** Electric scooter or bicycle, front along +x, about 1.7 m. */
export function createTwoWheeler(
  random: Random,
  kind: "ebike" | "bicycle" = random.chance(0.7) ? "ebike" : "bicycle",
): THREE.Object3D {
  const paint = random.pick(paints);
  if (kind === "bicycle") {
    const frame = random.pick([0x2a86d1, 0xe8b21e, 0x2ea36a, 0x222428, 0xb0b4b8]);
    const parts: Part[] = [
      ring(0.32, 0.03, [0.52, 0.34, 0], 0x1a1a1a),
      ring(0.32, 0.03, [-0.52, 0.34, 0], 0x1a1a1a),
      bar([-0.52, 0.34, 0], [-0.1, 0.35, 0], 0.025, frame),
      bar([-0.1, 0.35, 0], [-0.22, 0.85, 0], 0.03, frame),
      bar([-0.1, 0.35, 0], [0.4, 0.8, 0], 0.035, frame),
      bar([-0.52, 0.34, 0], [-0.2, 0.75, 0], 0.02, frame),
      bar([0.52, 0.34, 0], [0.36, 1.02, 0], 0.03, frame),
      bar([0.34, 1.02, -0.28], [0.34, 1.02, 0.28], 0.025, 0x222222),
      box([0.26, 0.06, 0.16], [-0.25, 0.86, 0], 0x1a1a1a),
      taper([0.24, 0.26], [0.32, 0.34], 0.22, [0.6, 0.74, 0], random.chance(0.7) ? 0x4b4f54 : frame),
      box([0.5, 0.03, 0.08], [-0.52, 0.7, 0], frame),
    ];
    return labelled("two-wheeler", solid(parts));
  }
  const parts: Part[] = [
    ...wheel(0.22, 0.1, [0.58, 0.22, 0]),
    ...wheel(0.22, 0.11, [-0.56, 0.22, 0]),
    taper([0.62, 0.26], [0.7, 0.32], 0.42, [-0.48, 0.32, 0], paint),
    box([0.62, 0.1, 0.3], [-0.42, 0.74, 0], 0x17181a),
    box([0.5, 0.08, 0.28], [0.08, 0.28, 0], 0x25272a),
    taper([0.16, 0.4], [0.1, 0.3], 0.62, [0.42, 0.34, 0], paint, -0.06),
    bar([0.58, 0.24, 0], [0.34, 1.02, 0], 0.035, 0x3a3c3f),
    bar([0.32, 1.04, -0.33], [0.32, 1.04, 0.33], 0.025, 0x1a1a1a),
    box([0.14, 0.14, 0.2], [0.42, 0.96, 0], paint),
    box([0.2, 0.06, 0.14], [0.64, 0.42, 0], paint),
    pillar(0.05, 0.05, 0.02, [0.3, 1.2, 0.3], 0x222222, 6),
    pillar(0.05, 0.05, 0.02, [0.3, 1.2, -0.3], 0x222222, 6),
  ];
  if (random.chance(0.35))
    parts.push(box([0.42, 0.4, 0.42], [-0.72, 0.82, 0], random.pick([0xf2c21b, 0x2a7fd6, 0x26282b])));
  else if (random.chance(0.4)) parts.push(taper([0.26, 0.28], [0.3, 0.34], 0.22, [0.62, 0.66, 0], 0x3c4043));
  if (random.chance(0.25))
    parts.push(taper([0.1, 0.5], [0.06, 0.62], 0.5, [0.5, 0.5, 0], random.pick([0x8a3b4a, 0x35507c, 0x6a6a4a])));
  return labelled("two-wheeler", solid(parts));
}
