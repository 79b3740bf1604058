import type { Sentence } from "./ground-fit.ts";

/** What is known of the height of one frame; null where it is not. */
export interface KnownHeights {
  /** Along the middle of the picture, measured by a laser. */
  readonly rangeM: number | null;
  readonly pitchDeg: number | null;
  readonly egm96M: number | null;
  readonly ellipsoidM: number | null;
  /** Above the take-off point. */
  readonly heightM: number | null;
  /** One standard deviation of the two absolute heights, as the recording states it (a receiver with corrections, an estimator). */
  readonly sigmaVerticalM: number | null;
}

/** Height of the ground below, of one datum: an elevation file reads itself and says which. */
export interface GroundElevation {
  readonly datum: "egm96" | "ellipsoid";
  readonly elevationM: number;
  readonly sigmaM: number;
}

/** What a height above ground may come from, the surest first. */
export const heightSources = ["laser", "elevation", "take_off"] as const;

export interface HeightAboveGround {
  readonly metres: number;
  readonly from: (typeof heightSources)[number];
  /** One standard deviation. */
  readonly sigmaM: number;
  readonly warning: Sentence | null;
}

/** A laser measures to centimetres (ingest note §2.2: closed within 5 cm); what it hits may be a roof or a car. */
const laserSigmaM = 0.5;
/**
 * Ground of a town against the take-off point (house rule, the case of ingest note §2.2). Over woods and hills it is far more: 60 real
 * pictures at 95 m were 30 % off in the median and 50 % at worst, hence the warning.
 */
export const takeOffSigmaM = 5;

/** An absolute height of which nothing is stated: a receiver without corrections is off by metres (ingest note §1.2; the figure is a house rule). */
export const absoluteSigmaM = 5;

const warning: Sentence = {
  zh: "离地高度取自起飞点高度：地面若与起飞点不等高，位置会有相应偏差",
  en: "Height above ground is taken from the take-off point: where the ground is not level with it, places are off accordingly",
};

/** Why an elevation file that is at hand is not what a height comes from. */
const unused = {
  laser: {
    zh: "已配置高程文件，但离地高度由激光测得，未用该文件：地面按平地计算",
    en: "An elevation file is configured and was not used for this height, which a laser measured: the ground is taken as level",
  },
  unknown: {
    zh: "已配置高程文件，但其中没有飞行器下方的高程，未用于离地高度",
    en: "An elevation file is configured and was not used for this height: it knows no ground below the aircraft",
  },
  egm96: {
    zh: "已配置高程文件，但飞行数据没有同一基准（EGM96）的高度，未用于离地高度",
    en: "An elevation file is configured and was not used for this height: the recording says none in its datum (EGM96)",
  },
  ellipsoid: {
    zh: "已配置高程文件，但飞行数据没有同一基准（椭球高）的高度，未用于离地高度",
    en: "An elevation file is configured and was not used for this height: the recording says none in its datum (ellipsoid)",
  },
  below: {
    zh: "已配置高程文件，但飞行数据所记高度不高于其中的地面，未用于离地高度",
    en: "An elevation file is configured and was not used for this height: the recorded one is not above its ground",
  },
} satisfies Record<string, Sentence>;

const rad = Math.PI / 180;

const inDatumOf = ({ egm96M, ellipsoidM }: KnownHeights, { datum }: GroundElevation): number | null =>
  datum === "egm96" ? egm96M : ellipsoidM;

/**
 * Height above ground by the surest source there is: laser, then an elevation of the same datum as a height that was recorded, then height
 * above take-off with a warning (ingest note §2.2). Heights of different datums are never mixed. Null where nothing says it.
 */
export function heightAboveGround(
  known: KnownHeights,
  ground: GroundElevation | null = null,
): HeightAboveGround | null {
  const { rangeM, pitchDeg } = known;
  if (rangeM !== null && rangeM > 1 && rangeM < 2_000 && pitchDeg !== null && pitchDeg <= -20) {
    const metres = rangeM * Math.sin(-pitchDeg * rad);
    return { metres, from: "laser", sigmaM: laserSigmaM, warning: null };
  }
  if (ground !== null) {
    const same = inDatumOf(known, ground);
    if (same !== null && same > ground.elevationM)
      return {
        metres: same - ground.elevationM,
        from: "elevation",
        sigmaM: Math.hypot(ground.sigmaM, known.sigmaVerticalM ?? absoluteSigmaM),
        warning: null,
      };
  }
  if (known.heightM !== null && known.heightM > 0)
    return { metres: known.heightM, from: "take_off", sigmaM: takeOffSigmaM, warning };
  return null;
}

/** Why an elevation file, with this `ground` below the aircraft, did not give a height; null where it did. */
export function whyUnused(
  known: KnownHeights,
  ground: GroundElevation | null,
  { from }: HeightAboveGround,
): Sentence | null {
  if (from === "elevation") return null;
  if (from === "laser") return unused.laser;
  if (ground === null) return unused.unknown;
  return inDatumOf(known, ground) === null ? unused[ground.datum] : unused.below;
}
