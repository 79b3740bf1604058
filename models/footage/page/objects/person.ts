import * as THREE from "three";
import type { Random } from "../random.ts";
import { ball, box, labelled, type Part, pillar, solid, taper } from "../solid.ts";

const shirts = [
  0xd8d8d8, 0x26323f, 0x8e2f2f, 0x3c5a86, 0xe3c34b, 0x4d6b45, 0x15181c, 0xc77b93, 0x7d8790, 0xb4561f, 0x5b4a77,
  0xf0efe9,
];
const trousers = [0x1d2430, 0x2d3c57, 0x56504a, 0x15161a, 0x7c7468, 0x3d4a3a, 0x8c8f95];
const skins = [0xe0b394, 0xcf9f7d, 0xd9a98a, 0xb98763];

export type PersonPose = "standing" | "seated";
export type Person = THREE.Group & { walk: (phaseRad: number) => void };

/** A passer-by or seller, about 1.7 m, front along +x. `walk(phase)` swings the limbs. */
export function createPerson(
  random: Random,
  pose: PersonPose = "standing",
  outfit: { shirt?: number; helmet?: number } = {},
): Person {
  const shirt = outfit.shirt ?? random.pick(shirts);
  const trouser = random.pick(trousers);
  const skin = random.pick(skins);
  const heightM = random.chance(0.08) ? random.between(1.15, 1.4) : random.between(1.55, 1.82);
  const seated = pose === "seated";
  const hip = seated ? 0.46 : 0.86;
  const torso: Part[] = [
    taper([0.22, 0.34], [0.24, 0.42], 0.5, [0, hip, 0], shirt),
    pillar(0.05, 0.05, 0.08, [0, hip + 0.5, 0], skin, 6),
    ball(0.115, [0.01, hip + 0.68, 0], skin, 1, 1.2),
    ball(
      0.125,
      [-0.025, hip + 0.72, 0],
      outfit.helmet ?? random.pick([0x14110f, 0x231a14, 0x3a2b20, 0x8b8780]),
      1,
      1.05,
    ),
  ];
  if (random.chance(0.15))
    torso.push(pillar(0.17, 0.1, 0.1, [0, hip + 0.78, 0], random.pick([0xd9cfae, 0x9c2f2f, 0x27405e]), 8));
  if (random.chance(0.2))
    torso.push(box([0.16, 0.4, 0.3], [-0.19, hip + 0.08, 0], random.pick([0x1b1b1f, 0x2a3f66, 0x7a2b2b])));
  if (random.chance(0.25))
    torso.push(
      taper(
        [0.16, 0.28],
        [0.12, 0.24],
        0.34,
        [0.05, hip - 0.42, 0.32],
        random.pick([0xe8e6e0, 0xc0392b, 0x3a7d44, 0x20252c]),
      ),
    );
  if (random.chance(0.2)) torso.push(taper([0.26, 0.42], [0.22, 0.34], 0.35, [0, hip - 0.3, 0], shirt));

  const limb = (parts: Part[], yM: number, zM: number): THREE.Mesh => {
    const mesh = solid(parts);
    mesh.position.set(0, yM, zM);
    return mesh;
  };
  const leg = (zM: number): THREE.Mesh =>
    seated
      ? limb(
          [
            box([0.46, 0.15, 0.15], [0.2, -0.08, 0], trouser),
            box([0.12, 0.44, 0.12], [0.4, -0.46, 0], trouser),
            box([0.24, 0.08, 0.1], [0.46, -0.46, 0], 0x1a1a1a),
          ],
          hip,
          zM,
        )
      : limb(
          [
            taper([0.12, 0.12], [0.17, 0.17], 0.84, [0, -0.84, 0], trouser),
            box([0.25, 0.07, 0.1], [0.04, -0.86, 0], random.pick([0x1a1a1a, 0xe8e8e8, 0x5b3a24])),
          ],
          hip,
          zM,
        );
  const arm = (zM: number): THREE.Mesh =>
    limb(
      [
        taper([0.09, 0.09], [0.11, 0.11], 0.5, [0, -0.5, 0], random.chance(0.5) ? shirt : skin),
        ball(0.055, [0, -0.53, 0], skin, 0),
      ],
      hip + 0.48,
      zM,
    );

  const legs = [leg(-0.1), leg(0.1)] as const;
  const arms = [arm(-0.26), arm(0.26)] as const;
  const group = new THREE.Group();
  group.add(solid(torso), ...legs, ...arms);
  group.scale.setScalar(heightM / 1.72);
  const walk = (phaseRad: number): void => {
    const swing = Math.sin(phaseRad) * 0.5;
    if (!seated) {
      legs[0].rotation.z = swing;
      legs[1].rotation.z = -swing;
    }
    arms[0].rotation.z = seated ? 0.7 : -swing * 0.8;
    arms[1].rotation.z = seated ? 0.8 : swing * 0.8;
  };
  if (seated) walk(0);
  return Object.assign(labelled("person", group), { walk });
}
