/**
 * Words of this folder
 * mark: one calibration point, the same spot in the picture (shares 0..1, origin top left) and on the ground (metres).
 * ground: the plane the marks lie on; axes and origin are the caller's choice, either handedness (metres do not depend on it).
 * error: expanded uncertainty, coverage factor 2, about 95 % (JCGM 100:2008 "GUM" §6.2). Sigmas are kept inside only.
 */

/** Point on the ground in metres from the origin of the calibration. */
export type PointM = readonly [x: number, y: number];

/** A sentence a person reads. */
export type Sentence = { zh: string; en: string };

/** Row-major 3×3. */
export type Matrix9 = readonly number[];

/**
 * What is known of a source's ground, as plain JSON.
 * Flat ground is assumed: a kerb of 0.15 m seen 20° below the horizon shifts what stands on it by 0.4 m away from the camera,
 * so marks belong on the level the zone lies on.
 */
export type GroundFit = {
  /** Picture shares → metres, homogeneous; third coordinate positive on the side of the horizon where the marks lie, mean 1 over them. */
  toGround: Matrix9;
  /** Metres → picture shares, inverse of `toGround`. */
  toPicture: Matrix9;
  /** Covariance of the nine numbers of `toGround`, 9×9 row-major. */
  covariance: readonly number[];
  /** Height of the picture ÷ its width. */
  aspect: number;
  markCount: number;
  /** How far marks lie from where the fit puts them. All zero with four marks: four fix the eight unknowns and say nothing of the error. */
  residual: { rmsM: number; maxM: number; rmsShare: number; maxShare: number };
  /** Each mark found from all others: what an unmarked point may be off. Null with four marks, or where the others fix nothing. */
  leaveOneOut: { rmsM: number; maxM: number } | null;
  /** Assumed marking error widened by what the residuals show (1 = not widened). */
  widening: number;
  camera: GroundCamera | null;
};

/** The camera as far as the ground tells it (square pixels, principal point in the middle); null where it does not. */
export type GroundCamera = {
  /** Focal length ÷ width of the picture. */
  focalShare: number;
  heightM: number;
  /** -1 where the ground's axes are left-handed seen from above: "up" is then their negative third axis. */
  heightSign: 1 | -1;
  /** Camera coordinates (x right, y down, z forward) of the ground's three axes, one after another. */
  axes: readonly number[];
  /** Camera coordinates of the ground's origin, metres. */
  t: readonly number[];
};

/**
 * A click on a mark is off by at most this share of the picture's width (4 px of 1280; house choice). As a limit it stands for
 * a rectangular distribution, sigma = limit ÷ √3 (GUM §4.3.7).
 */
export const markingLimitShare = 0.003;
/** A taped or paced distance between marks is off by at most this, metres (house choice). */
export const tapeLimitM = 0.05;
/** Marks whose root-mean-square residual exceeds this share of the width cannot belong to one flat ground (house choice). */
export const residualShareMax = 0.02;
/** GUM §6.2: coverage factor of every `errorM`. */
export const coverage = 2;

export const sigmaOfLimit = (limit: number): number => limit / Math.sqrt(3);
