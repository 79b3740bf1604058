import { fromGcj02, type LonLat } from "./gcj02.ts";

/** In what a person or a file may give coordinates. What is stored and shown as a position is always WGS-84. */
export const crsNames = {
  wgs84: { zh: "WGS-84（GPS、国际标准）", en: "WGS-84 (GPS)" },
  gcj02: { zh: "GCJ-02（高德、腾讯等国内地图）", en: "GCJ-02 (Chinese map apps)" },
} as const;
export type Crs = keyof typeof crsNames;
export const crsCodes = Object.keys(crsNames) as [Crs, ...Crs[]];

/**
 * A typed or imported position in WGS-84, to seven decimals where it had to be converted (a centimetre; the formula itself is good for a metre
 * or two). What was typed is kept beside it by whoever calls.
 */
export function toWgs84(point: LonLat, crs: Crs): LonLat {
  if (crs === "wgs84") return point;
  const { longitude, latitude } = fromGcj02(point);
  return { longitude: round(longitude), latitude: round(latitude) };
}

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
