/** Where a place lies with 95 %: half axes in metres, bearing of the long one in degrees from north, 0…180. */
export interface ErrorEllipse {
  readonly longM: number;
  readonly shortM: number;
  readonly bearingDeg: number;
  /** Radius of the circle around the place that holds 95 %. */
  readonly radius95M: number;
}

/** Covariance of north and east, m². */
export interface Covariance2 {
  readonly nn: number;
  readonly ne: number;
  readonly ee: number;
}

/** √(−2 ln 0.05): an ellipse of this many standard deviations holds 95 % of a normal distribution of two dimensions. */
const times95 = Math.sqrt(-2 * Math.log(0.05));

export function ellipseOf({ nn, ne, ee }: Covariance2): ErrorEllipse {
  const middle = (nn + ee) / 2;
  const half = Math.hypot((nn - ee) / 2, ne);
  const long = Math.sqrt(Math.max(0, middle + half));
  const short = Math.sqrt(Math.max(0, middle - half));
  const bearing = (Math.atan2(2 * ne, nn - ee) / 2) * (180 / Math.PI);
  return {
    longM: long * times95,
    shortM: short * times95,
    bearingDeg: (bearing + 180) % 180,
    radius95M: radius95(long, short),
  };
}

/**
 * Radius that holds 95 % of a centred normal distribution with these standard deviations along its axes, by bisection of
 * P(R < r) = 1 − (1/2πab)·∫ exp(−r²q/2)/q dθ, q = cos²θ/a² + sin²θ/b².
 */
export function radius95(a: number, b: number): number {
  if (!(a > 0)) return 0;
  if (b < a * 1e-3) return a * 1.959_964;
  const steps = 180;
  const share = (r: number): number => {
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      const angle = ((i + 0.5) / steps) * Math.PI;
      const q = (Math.cos(angle) / a) ** 2 + (Math.sin(angle) / b) ** 2;
      sum += Math.exp((-r * r * q) / 2) / q;
    }
    return 1 - sum / steps / (a * b);
  };
  let [low, high] = [0, 4 * a];
  for (let i = 0; i < 50; i++) {
    const mid = (low + high) / 2;
    if (share(mid) < 0.95) low = mid;
    else high = mid;
  }
  return (low + high) / 2;
}

/** Whether an offset from the place lies within the ellipse. */
export function isInside({ longM, shortM, bearingDeg }: ErrorEllipse, northM: number, eastM: number): boolean {
  const angle = (bearingDeg / 180) * Math.PI;
  const along = northM * Math.cos(angle) + eastM * Math.sin(angle);
  const across = -northM * Math.sin(angle) + eastM * Math.cos(angle);
  return (along / longM) ** 2 + (across / Math.max(shortM, 1e-9)) ** 2 <= 1;
}
