/** A point of the earth in degrees. Which datum it is in is said by the name of the variable, never left open. */
export interface LonLat {
  readonly longitude: number;
  readonly latitude: number;
}

/** Krasovsky 1940 ellipsoid, on which the shift is computed: semi-major axis in metres, square of the eccentricity. */
const axisM = 6_378_245;
const eccentricity2 = 0.006_693_421_622_965_943;

/**
 * The rectangle in which maps published in China are shifted. It is the one every public implementation uses; it also takes in ground of
 * neighbouring countries, so a point there is shifted although maps of those countries are not.
 */
export const chinaBounds = { west: 72.004, east: 137.8347, south: 0.8293, north: 55.8271 } as const;

export const isInChina = ({ longitude, latitude }: LonLat): boolean =>
  longitude >= chinaBounds.west &&
  longitude <= chinaBounds.east &&
  latitude >= chinaBounds.south &&
  latitude <= chinaBounds.north;

/** Three sine waves of an angle in half turns, each `[amplitude, factor]`; both shifts end with such a row. */
const waves = (x: number, rows: readonly (readonly [number, number])[]): number =>
  rows.reduce((sum, [amplitude, factor]) => sum + amplitude * Math.sin(x * factor * Math.PI), 0) * (2 / 3);

/** Shift in metres along the parallel and the meridian of a point `x` degrees east of 105°, `y` degrees north of 35°. */
function shiftM(x: number, y: number): { eastM: number; northM: number } {
  const root = Math.sqrt(Math.abs(x));
  const short = waves(x, [
    [20, 6],
    [20, 2],
  ]);
  const eastM =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    short +
    waves(x, [
      [20, 1],
      [40, 1 / 3],
      [150, 1 / 12],
      [300, 1 / 30],
    ]);
  const northM =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    short +
    waves(y, [
      [20, 1],
      [40, 1 / 3],
      [160, 1 / 12],
      [320, 1 / 30],
    ]);
  return { eastM, northM };
}

/**
 * WGS-84 → GCJ-02, the datum of maps published in China; outside {@link chinaBounds} unchanged.
 *
 * The state publishes no formula. This is the one that has been public since 2013 as "eviltransform"
 * (github.com/googollee/eviltransform, test vectors in gcj02.test.ts); it agrees with published maps to a metre or two, so a shifted point
 * is good for finding a place on a map and for nothing else: records and evidence keep WGS-84.
 */
export function toGcj02(wgs84: LonLat): LonLat {
  if (!isInChina(wgs84)) return wgs84;
  const { eastM, northM } = shiftM(wgs84.longitude - 105, wgs84.latitude - 35);
  const phi = (wgs84.latitude / 180) * Math.PI;
  const w2 = 1 - eccentricity2 * Math.sin(phi) ** 2;
  const w = Math.sqrt(w2);
  return {
    longitude: wgs84.longitude + (eastM * 180) / ((axisM / w) * Math.cos(phi) * Math.PI),
    latitude: wgs84.latitude + (northM * 180) / (((axisM * (1 - eccentricity2)) / (w2 * w)) * Math.PI),
  };
}

/** Below a tenth of a millimetre on the ground another step changes nothing that anybody could see. */
const closeEnoughDeg = 1e-9;
/** The shift changes by less than a hundredth from one end of itself to the other, so each step wins two digits. */
const stepsMax = 20;

/**
 * GCJ-02 → WGS-84 by fixed-point iteration: the point whose shift leads here. Error below 1 mm over China (gcj02.test.ts), apart from the
 * metre or two of the formula itself.
 */
export function fromGcj02(gcj02: LonLat): LonLat {
  if (!isInChina(gcj02)) return gcj02;
  let { longitude, latitude } = gcj02;
  for (let step = 0; step < stepsMax; step++) {
    const there = toGcj02({ longitude, latitude });
    const eastDeg = gcj02.longitude - there.longitude;
    const northDeg = gcj02.latitude - there.latitude;
    longitude += eastDeg;
    latitude += northDeg;
    if (Math.max(Math.abs(eastDeg), Math.abs(northDeg)) < closeEnoughDeg) break;
  }
  return { longitude, latitude };
}
