import type { LocalTime } from "./telemetry.ts";

/** Dialects of ingest note §1.1, by what a block looks like. */
export type SrtFamily = "A" | "A′" | "B" | "C" | "C′" | "D" | "E";

interface Turn {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** What one block says, before the order of its axes is known. */
export interface Block {
  readonly family: SrtFamily;
  /** Two numbers in the order of the file. */
  readonly pair: readonly [number, number] | null;
  readonly named: { readonly longitude: number; readonly latitude: number } | null;
  readonly heightM: number | null;
  readonly altitudeM: number | null;
  readonly gimbal: Turn | null;
  readonly aircraft: Turn | null;
  /** `focal_len`: as on 35 mm film, in millimetres (D, E) or tenths (C, C′); `dzoom_ratio` counted in where it is a plain factor. */
  readonly focal35Mm: number | null;
  readonly localTime: LocalTime | null;
}

const number = "([-+]?\\d{1,7}(?:\\.\\d{1,12})?)";
const patterns = {
  pair: new RegExp(`GPS ?\\(\\s*${number}\\s*,\\s*${number}\\s*(?:,\\s*${number}(M?))?\\s*\\)`),
  latitude: new RegExp(`\\[\\s*latitude\\s*:\\s*${number}\\s*\\]`),
  longitude: new RegExp(`\\[\\s*(longt?itude)\\s*:\\s*${number}\\s*\\]`),
  relative: new RegExp(`\\brel_alt\\s*:\\s*${number}`),
  absolute: new RegExp(`\\babs_alt\\s*:\\s*${number}`),
  altitude: new RegExp(`\\[\\s*altitude\\s*:\\s*${number}`),
  barometer: new RegExp(`\\b(?:BAROMETER\\s*:?\\s*\\(?|Hb\\s*:)\\s*${number}`),
  height: new RegExp(`\\bH ${number}m`),
  gimbal: new RegExp(`\\bG\\.PRY\\s*\\(\\s*${number}°?\\s*,\\s*${number}°?\\s*,\\s*${number}°?\\s*\\)`),
  gimbalNamed: new RegExp(`gb_yaw\\s*:\\s*${number}\\s+gb_pitch\\s*:\\s*${number}\\s+gb_roll\\s*:\\s*${number}`),
  aircraft: new RegExp(`\\bF\\.PRY\\s*\\(\\s*${number}°?\\s*,\\s*${number}°?\\s*,\\s*${number}°?\\s*\\)`),
  focal: new RegExp(`\\bfocal_len\\s*:\\s*${number}`),
  zoom: new RegExp(`\\bdzoom_ratio\\s*:\\s*${number}`),
  date: /\b(\d{4})[-.](\d{1,2})[-.](\d{1,2}) (\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,3}))?/,
  compact: /\bF\/\d/,
  bracket: /\[\s*(?:iso|shutter|fnum|ev)\s*:/,
} as const;

const numberOf = (match: RegExpExecArray | null, group = 1): number | null =>
  match?.[group] === undefined ? null : Number(match[group]);

/** Reads one block; null where it follows none of the known dialects. */
export function readBlock(text: string): Block | null {
  const longitude = patterns.longitude.exec(text);
  const latitude = patterns.latitude.exec(text);
  const pair = patterns.pair.exec(text);
  const isBracket = latitude !== null || longitude !== null || patterns.bracket.test(text);
  const isCompact = patterns.compact.test(text);
  if (!isBracket && !isCompact && pair === null) return null;
  const localTime = readLocalTime(patterns.date.exec(text));
  const nothing = {
    pair: null,
    named: null,
    heightM: null,
    altitudeM: null,
    gimbal: null,
    aircraft: null,
    focal35Mm: null,
    localTime,
  };

  if (isBracket) {
    const lon = numberOf(longitude, 2);
    const lat = numberOf(latitude);
    const relative = numberOf(patterns.relative.exec(text));
    const absolute = numberOf(patterns.absolute.exec(text));
    const turn = patterns.gimbalNamed.exec(text);
    const isNewer = relative !== null || absolute !== null;
    return {
      ...nothing,
      family: turn ? "E" : isNewer ? "D" : longitude?.[1] === "longtitude" ? "C′" : "C",
      named: lon === null || lat === null ? null : { longitude: lon, latitude: lat },
      heightM: relative,
      altitudeM: absolute ?? numberOf(patterns.altitude.exec(text)),
      gimbal: turn ? { yaw: Number(turn[1]), pitch: Number(turn[2]), roll: Number(turn[3]) } : null,
      focal35Mm: readFocal(text),
    };
  }
  const numbers = pair ? ([Number(pair[1]), Number(pair[2])] as const) : null;
  if (isCompact) {
    return {
      ...nothing,
      family: "B",
      pair: numbers,
      heightM: numberOf(patterns.height.exec(text)),
      gimbal: readTurn(patterns.gimbal.exec(text)),
      aircraft: readTurn(patterns.aircraft.exec(text)),
    };
  }
  // The third number counts satellites in the old dialect; with "M", or with decimals, it is metres.
  const isMetres = pair?.[4] === "M" || (pair?.[3]?.includes(".") ?? false);
  return {
    ...nothing,
    family: isMetres ? "A′" : "A",
    pair: numbers,
    heightM: numberOf(patterns.barometer.exec(text)),
    altitudeM: isMetres ? numberOf(pair, 3) : null,
  };
}

/** `PRY`: pitch, roll, yaw. */
const readTurn = (turn: RegExpExecArray | null): Turn | null =>
  turn ? { pitch: Number(turn[1]), roll: Number(turn[2]), yaw: Number(turn[3]) } : null;

/** Lenses of these aircraft lie between 7 and 700 mm as on 35 mm film; a zoom written as 10000 is of an unknown unit and not used. */
function readFocal(text: string): number | null {
  const written = numberOf(patterns.focal.exec(text));
  if (written === null) return null;
  const millimetres = /\bfocal_len\s*:\s*\d+\s*\]/.test(text) && written >= 100 ? written / 10 : written;
  const zoom = numberOf(patterns.zoom.exec(text)) ?? 1;
  const focal = zoom >= 1 && zoom <= 100 ? millimetres * zoom : null;
  return focal !== null && focal >= 7 && focal <= 700 ? focal : null;
}

function readLocalTime(match: RegExpExecArray | null): LocalTime | null {
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const isReal =
    month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate() && hour < 24;
  if (!isReal || minute > 59 || second > 59 || year < 2000) return null;
  return { year, month, day, hour, minute, second, millisecond: Number((match[7] ?? "0").padEnd(3, "0")) };
}
