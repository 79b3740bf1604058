import { distanceM, type LonLat } from "@mingcha/models/geo";
import type { MapBase } from "@mingcha/models/http";

type Street = NonNullable<MapBase["streets"]>[number];
type Point = readonly [x: number, y: number];

export interface SketchedStreet {
  readonly id: string;
  readonly class: Street["class"];
  /** SVG path data, in pixels of the drawing. */
  readonly path: string;
  /** Its name beside its longest straight piece in view, or null where it is too short for one. */
  readonly label: { readonly text: string; readonly x: number; readonly y: number; readonly angleDeg: number } | null;
}

interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Metres across the width. */
  readonly acrossM: number;
}

/** Street lines around a point, drawn flat with north up; over half a kilometre the earth is flat to a hair. */
export function sketchStreets(streets: readonly Street[], middle: LonLat, frame: Frame): SketchedStreet[] {
  const { widthPx, heightPx, acrossM } = frame;
  const pxPerM = widthPx / acrossM;
  const step = 0.01;
  const east = distanceM(middle, { ...middle, longitude: middle.longitude + step }) / step;
  const north = distanceM(middle, { ...middle, latitude: middle.latitude + step }) / step;
  const place = ([longitude, latitude]: readonly [number, number]): Point => [
    widthPx / 2 + (longitude - middle.longitude) * east * pxPerM,
    heightPx / 2 - (latitude - middle.latitude) * north * pxPerM,
  ];
  const isNear = (a: Point, b: Point): boolean =>
    Math.max(a[0], b[0]) > 0 &&
    Math.min(a[0], b[0]) < widthPx &&
    Math.max(a[1], b[1]) > 0 &&
    Math.min(a[1], b[1]) < heightPx;

  return streets.flatMap((street, nth): SketchedStreet[] => {
    const pieces = street.lines.flatMap((line) => {
      const points = line.map(place);
      return points.slice(1).flatMap((to, n): [Point, Point][] => {
        const from = points[n];
        return from !== undefined && isNear(from, to) ? [[from, to]] : [];
      });
    });
    if (pieces.length === 0) return [];
    const path = pieces
      .map(([from, to]) => `M${from[0].toFixed(1)} ${from[1].toFixed(1)}L${to[0].toFixed(1)} ${to[1].toFixed(1)}`)
      .join("");
    return [{ id: `${nth}`, class: street.class, path, label: labelOf(street.name, pieces, frame) }];
  });
}

/** The name lies over the middle of the piece that is best in view, never upside down. */
function labelOf(
  name: string | null,
  pieces: readonly (readonly [Point, Point])[],
  { widthPx, heightPx }: Frame,
): SketchedStreet["label"] {
  if (name === null) return null;
  const room = (p: Point): number => Math.min(p[0], widthPx - p[0], p[1], heightPx - p[1]);
  const away = (p: Point): number => Math.hypot(p[0] - widthPx / 2, p[1] - heightPx / 2);
  const middles = pieces
    .map(([a, b]) => ({ at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const, a, b }))
    // clear of the frame and of the mark in the middle
    .filter(({ at }) => room(at) > 24 && away(at) > 46)
    .sort((one, other) => room(other.at) - room(one.at));
  const [best] = middles;
  if (best === undefined) return null;
  const angle = (Math.atan2(best.b[1] - best.a[1], best.b[0] - best.a[0]) * 180) / Math.PI;
  const angleDeg = angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
  return { text: name, x: Math.round(best.at[0]), y: Math.round(best.at[1]), angleDeg: Math.round(angleDeg) };
}
