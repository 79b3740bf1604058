import { type BoxNorm, coveredShare } from "../../geometry/box.ts";
import type { Detection } from "../../scene/look.ts";
import type { Role } from "../../scene/role.ts";
import type { IdBox } from "./frames.ts";
import { type Random, seeded } from "./random.ts";

/** A look of the synthetic street: what a detector would give, and what was really to be seen. */
export type StreetLook = { capturedAtMs: number; detections: Detection[]; truth: IdBox[] };

/** How bad the detector and the recording are. */
export type StreetNoise = {
  /** Share of boxes missed for no reason. */
  missedShare: number;
  /** Deviation of every box edge, in shares of the box. */
  jitterShare: number;
  /** False boxes per look, on average. */
  falseBoxes: number;
  /** Share of looks that were lost. */
  lostShare: number;
};

export const usualNoise: StreetNoise = { missedShare: 0.2, jitterShare: 0.03, falseBoxes: 0.6, lostShare: 0.05 };

type Mover = {
  id: number;
  role: Role;
  fromS: number;
  toS: number;
  /** Box at an instant; those lower in the picture stand before the others. */
  boxAt: (s: number) => BoxNorm;
};

const boxAround = (x: number, foot: number, width: number, height: number): BoxNorm => [
  x - width / 2,
  foot - height,
  width,
  height,
];

/** Foot and speed of the lanes, far to near; what stops does so on the last, at the kerb. Nobody drives through another on a lane. */
const lanes = [
  { foot: 0.52, scale: 0.7, speed: 0.13 },
  { foot: 0.6, scale: 0.85, speed: -0.2 },
  { foot: 0.68, scale: 0.95, speed: 0.24 },
  { foot: 0.77, scale: 1.05, speed: 0.2 },
] as const;

/** A vehicle on one of four lanes, both ways; those at the kerb brake, stand for some seconds and go on. */
function vehicle(id: number, random: Random, fromS: number): Mover {
  const lane = lanes[Math.floor(random.next() * lanes.length)] ?? lanes[0];
  const { scale } = lane;
  const isTruck = random.next() < 0.3;
  const width = (isTruck ? 0.24 : 0.15) * scale * random.between(0.9, 1.1);
  const height = (isTruck ? 0.17 : 0.09) * scale * random.between(0.9, 1.1);
  const foot = lane.foot + random.between(-0.01, 0.01);
  const speed = lane.speed * random.between(0.95, 1.05);
  const stopsAtS = lane === lanes[3] ? random.between(1, 2.5) : Number.POSITIVE_INFINITY;
  const standsS = random.between(2, 6);
  const brakeS = 1;
  const startX = speed > 0 ? -width / 2 : 1 + width / 2;
  // Distance driven, in seconds at full speed: braking and starting evenly.
  const driven = (s: number): number => {
    if (s <= stopsAtS) return s;
    const braking = Math.min(s - stopsAtS, brakeS);
    const rest = Math.min(Math.max(0, s - stopsAtS - brakeS - standsS), brakeS);
    const after = Math.max(0, s - stopsAtS - 2 * brakeS - standsS);
    return stopsAtS + braking - braking ** 2 / (2 * brakeS) + rest ** 2 / (2 * brakeS) + after;
  };
  const wholeS = (1 + width) / Math.abs(speed) + (Number.isFinite(stopsAtS) ? standsS + brakeS : 0);
  return {
    id,
    role: isTruck ? "truck" : "car",
    fromS,
    toS: fromS + wholeS,
    boxAt: (s) => boxAround(startX + speed * driven(s - fromS), foot, width, height),
  };
}

/** A person who walks along the street or across it, swerving, sometimes turning back. */
function walker(id: number, random: Random, fromS: number): Mover {
  const height = random.between(0.1, 0.16);
  const width = height * 0.34;
  const speed = random.between(0.025, 0.06) * (random.next() < 0.5 ? 1 : -1);
  const startX = random.between(0.1, 0.9);
  const foot = random.between(0.45, 0.85);
  const swerve = random.between(0, 0.02);
  const swerveS = random.between(3, 7);
  const crossing = random.next() < 0.4 ? random.between(-0.02, 0.02) : 0;
  const turnsAtS = random.next() < 0.25 ? random.between(4, 9) : Number.POSITIVE_INFINITY;
  const walked = (s: number): number => (s <= turnsAtS ? s : 2 * turnsAtS - s);
  return {
    id,
    role: "person",
    fromS,
    toS: fromS + random.between(8, 20),
    boxAt: (s) => {
      const t = walked(s - fromS);
      const x = startX + speed * t + swerve * Math.sin((2 * Math.PI * (s - fromS)) / swerveS);
      return boxAround(x, foot + crossing * t, width, height);
    },
  };
}

/** What is left of a box inside the picture. */
function cut([x, y, width, height]: BoxNorm): BoxNorm {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  return [left, top, Math.max(0, Math.min(1, x + width) - left), Math.max(0, Math.min(1, y + height) - top)];
}

/** Lamp posts and a parked van before the far lanes: what passes behind is hidden for one to two seconds. */
const screens: readonly BoxNorm[] = [
  [0.3, 0.2, 0.05, 0.43],
  [0.62, 0.25, 0.16, 0.3],
];

const isBehind = (box: BoxNorm, other: BoxNorm): boolean => box[1] + box[3] < other[1] + other[3];

/**
 * A street of crossing vehicles and walkers for `lengthS` seconds, looked at about every `everyS` with uneven intervals: mutual
 * occlusion, hidden stretches of one to two seconds, missed, shaken and false boxes. Truth holds what is at least a quarter visible.
 * The same seed gives the same street.
 */
export function syntheticStreet(
  seed: number,
  { lengthS, everyS, noise = usualNoise }: { lengthS: number; everyS: number; noise?: StreetNoise },
): StreetLook[] {
  const random = seeded(seed);
  const movers: Mover[] = [];
  for (let s = -6; s < lengthS; s += random.between(1.4, 3.2)) movers.push(vehicle(movers.length + 1, random, s));
  for (let s = -10; s < lengthS; s += random.between(1.5, 4)) movers.push(walker(movers.length + 1, random, s));

  const looks: StreetLook[] = [];
  for (let s = 0; s < lengthS; s += everyS * random.between(0.7, 1.3)) {
    if (random.next() < noise.lostShare) continue;
    const there = movers
      .filter((m) => s >= m.fromS && s < m.toS)
      .map((m) => ({ id: m.id, role: m.role, whole: m.boxAt(s), boxNorm: cut(m.boxAt(s)) }))
      .filter(({ boxNorm, whole }) => coveredShare(whole, boxNorm) > 0.3);
    const detections: Detection[] = [];
    const truth: IdBox[] = [];
    for (const { id, role, boxNorm } of there) {
      const before = there.filter((o) => o.id !== id && isBehind(boxNorm, o.boxNorm)).map((o) => o.boxNorm);
      const hiddenShare = Math.max(
        0,
        ...[...before, ...screens.filter((b) => isBehind(boxNorm, b))].map((b) => coveredShare(boxNorm, b)),
      );
      const visible = 1 - hiddenShare;
      if (visible >= 0.25) truth.push({ id, boxNorm });
      // Half hidden things are found less often and less surely.
      const isMissed = random.next() < noise.missedShare + (visible < 0.6 ? 0.9 - visible : 0);
      const score = Math.min(0.98, Math.max(0.05, 0.25 + 0.5 * visible + 0.1 * random.normal()));
      const shake = (length: number): number => random.normal() * noise.jitterShare * length;
      const [x, y, width, height] = boxNorm;
      const shaken: BoxNorm = [
        x + shake(width),
        y + shake(height),
        Math.max(0.2 * width, width + shake(width)),
        Math.max(0.2 * height, height + shake(height)),
      ];
      if (isMissed || visible < 0.25) continue;
      detections.push({ label: role, role, score, boxNorm: shaken });
    }
    const strays = Math.floor(noise.falseBoxes) + (random.next() < noise.falseBoxes % 1 ? 1 : 0);
    for (let i = 0; i < strays; i++) {
      const role = random.next() < 0.5 ? "car" : "person";
      const height = random.between(0.06, 0.15);
      const boxNorm = boxAround(random.between(0.05, 0.95), random.between(0.4, 0.9), height * 0.7, height);
      detections.push({ label: role, role, score: random.between(0.2, 0.6), boxNorm });
    }
    looks.push({ capturedAtMs: Math.round(s * 1000), detections, truth });
  }
  return looks;
}
