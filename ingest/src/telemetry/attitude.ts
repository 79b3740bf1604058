/** Degrees, NED world, rotation order ZYX: yaw from north clockwise, pitch up positive, roll right wing down positive. */
export interface Attitude {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];
const rad = Math.PI / 180;

function matrixOf({ yawDeg, pitchDeg, rollDeg }: Attitude): Matrix {
  const [cy, sy] = [Math.cos(yawDeg * rad), Math.sin(yawDeg * rad)];
  const [cp, sp] = [Math.cos(pitchDeg * rad), Math.sin(pitchDeg * rad)];
  const [cr, sr] = [Math.cos(rollDeg * rad), Math.sin(rollDeg * rad)];
  return [
    cy * cp,
    cy * sp * sr - sy * cr,
    cy * sp * cr + sy * sr,
    sy * cp,
    sy * sp * sr + cy * cr,
    sy * sp * cr - cy * sr,
    -sp,
    cp * sr,
    cp * cr,
  ];
}

function attitudeOf(m: Matrix): Attitude {
  const pitch = Math.asin(Math.min(1, Math.max(-1, -m[6])));
  // near straight up or down yaw and roll trade places: all of it is called yaw
  const isPole = Math.abs(m[6]) > 1 - 1e-9;
  return {
    yawDeg: (isPole ? Math.atan2(-m[1], m[4]) : Math.atan2(m[3], m[0])) / rad,
    pitchDeg: pitch / rad,
    rollDeg: isPole ? 0 : Math.atan2(m[7], m[8]) / rad,
  };
}

/** Attitude of something turned by `relative` on a body turned by `body`. */
export function composeAttitude(body: Attitude, relative: Attitude): Attitude {
  const a = matrixOf(body);
  const b = matrixOf(relative);
  const at = (row: number, column: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + (a[row * 3 + k] as number) * (b[k * 3 + column] as number), 0);
  return attitudeOf([at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(1, 1), at(1, 2), at(2, 0), at(2, 1), at(2, 2)]);
}

/** Attitude of a body (x forward, y right, z down) in NED from its quaternion w, x, y, z; null where it is none. */
export function attitudeOfQuaternion([w, x, y, z]: readonly [number, number, number, number]): Attitude | null {
  const norm = Math.hypot(w, x, y, z);
  if (!(Math.abs(norm - 1) < 0.05)) return null;
  const sinPitch = (2 * (w * y - z * x)) / norm ** 2;
  return {
    yawDeg: Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) / rad,
    pitchDeg: Math.asin(Math.min(1, Math.max(-1, sinPitch))) / rad,
    rollDeg: Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)) / rad,
  };
}
