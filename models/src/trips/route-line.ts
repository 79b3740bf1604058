import type { Position } from "../geo/distance-to-lines.ts";

export { distanceToLinesM, type Position } from "../geo/distance-to-lines.ts";

/** One or several lines of a route, WGS-84 degrees. */
export type RouteLines = readonly (readonly Position[])[];

/** Points of all lines together; a street network drawn point by point has fewer. */
export const routePointsMax = 5_000;

/** Lines of a cell: WKT (LINESTRING, MULTILINESTRING) or GeoJSON (geometry, Feature or FeatureCollection). Null: neither, or not degrees. */
export function readRouteLines(text: string): [number, number][][] | null {
  const trimmed = text.trim();
  const lines = trimmed.startsWith("{") ? linesOfGeoJson(trimmed) : linesOfWkt(trimmed);
  if (lines === null || lines.length === 0) return null;
  const points = lines.flat();
  const isGood = points.every(
    ([longitude, latitude]) =>
      Number.isFinite(longitude) && Number.isFinite(latitude) && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90,
  );
  return isGood && points.length <= routePointsMax && lines.every((line) => line.length >= 2) ? lines : null;
}

/** The same lines as a cell that {@link readRouteLines} reads back; to about a decimetre. */
export const routeText = (lines: RouteLines): string =>
  `MULTILINESTRING (${lines
    .map((line) => `(${line.map(([longitude, latitude]) => `${degrees(longitude)} ${degrees(latitude)}`).join(", ")})`)
    .join(", ")})`;
const degrees = (value: number): string => String(Math.round(value * 1e6) / 1e6);

const number = String.raw`[+-]?\d{1,3}(?:\.\d+)?`;
const pointPattern = new RegExp(String.raw`^(${number})\s+(${number})(?:\s+${number}){0,2}$`);

function linesOfWkt(text: string): [number, number][][] | null {
  const head = /^(?:SRID=4326;)?\s*(MULTI)?LINESTRING\s*(?:Z|M|ZM)?\s*\((.*)\)$/is.exec(text);
  if (head === null) return null;
  const body = (head[2] ?? "").trim();
  const parts = head[1] === undefined ? [body] : splitBrackets(body);
  if (parts === null) return null;
  const lines: [number, number][][] = [];
  for (const part of parts) {
    const line: [number, number][] = [];
    for (const piece of part.split(",")) {
      const point = pointPattern.exec(piece.trim());
      if (point === null) return null;
      line.push([Number(point[1]), Number(point[2])]);
    }
    lines.push(line);
  }
  return lines;
}

function splitBrackets(body: string): string[] | null {
  if (!/^\(.*\)$/s.test(body)) return null;
  const parts = body.slice(1, -1).split(/\)\s*,\s*\(/);
  return parts.some((part) => /[()]/.test(part)) ? null : parts;
}

function linesOfGeoJson(text: string): [number, number][][] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return linesOfValue(value, 0);
}

function linesOfValue(value: unknown, depth: number): [number, number][][] | null {
  if (typeof value !== "object" || value === null || depth > 3) return null;
  const { type, coordinates, geometry, features } = value as Record<string, unknown>;
  if (type === "Feature") return linesOfValue(geometry, depth + 1);
  if (type === "FeatureCollection" && Array.isArray(features)) {
    const all = features.map((feature) => linesOfValue(feature, depth + 1));
    return all.some((lines) => lines === null) ? null : all.flatMap((lines) => lines ?? []);
  }
  if (type === "LineString") return linesOfArrays([coordinates]);
  return type === "MultiLineString" && Array.isArray(coordinates) ? linesOfArrays(coordinates) : null;
}

function linesOfArrays(lines: readonly unknown[]): [number, number][][] | null {
  const made: [number, number][][] = [];
  for (const line of lines) {
    if (!Array.isArray(line)) return null;
    const points: [number, number][] = [];
    for (const point of line as unknown[]) {
      const [longitude, latitude] = Array.isArray(point) ? (point as unknown[]) : [];
      if (typeof longitude !== "number" || typeof latitude !== "number") return null;
      points.push([longitude, latitude]);
    }
    made.push(points);
  }
  return made;
}
