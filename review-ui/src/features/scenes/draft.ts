import type { Crs } from "@mingcha/models/geo";
import type { PointNorm, SceneInput } from "@mingcha/models/scene";

/** A scene that is being drawn: the document itself, which may not yet be one that can be saved. Every change gives a new one. */
export type Draft = SceneInput;
export type DraftZone = Draft["zones"][number];
export type DraftRule = Draft["rules"][number];
export type DraftMark = NonNullable<Draft["calibration"]>["points"][number];
export type Picture = { widthPx: number; heightPx: number };

/** Four digits of a share are a tenth of a pixel at 1080p: more would only make two versions differ that nobody can tell apart. */
const shareOf = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
export const pointOf = ([x, y]: PointNorm): [number, number] => [shareOf(x), shareOf(y)];

/** "zone-3": the first number no zone has. */
function freeId(zones: readonly DraftZone[]): string {
  for (let nth = 1; ; nth++) if (!zones.some(({ id }) => id === `zone-${nth}`)) return `zone-${nth}`;
}

export function addZone(draft: Draft, polygon: readonly PointNorm[], kind: DraftZone["kind"]): Draft {
  const zone = { id: freeId(draft.zones), kind, polygon: polygon.map(pointOf) };
  return { ...draft, zones: [...draft.zones, zone] };
}

export function changeZone(draft: Draft, index: number, change: Partial<DraftZone>): Draft {
  const before = draft.zones[index];
  if (before === undefined) return draft;
  const zone = withoutEmpty({ ...before, ...change });
  const renamed = (id: string): string => (id === before.id ? zone.id : id);
  return {
    ...draft,
    zones: draft.zones.map((other, nth) => (nth === index ? zone : other)),
    // a rule follows its zone when the zone gets another name
    rules: draft.rules.map((rule) => ({ ...rule, zones: rule.zones.map(renamed) })),
  };
}

/** Takes a zone out, also out of the rules; a rule without any zone goes with it. */
export function removeZone(draft: Draft, index: number): Draft {
  const id = draft.zones[index]?.id;
  const rules = draft.rules.map((rule) => ({ ...rule, zones: rule.zones.filter((zone) => zone !== id) }));
  return {
    ...draft,
    zones: draft.zones.filter((_, nth) => nth !== index),
    rules: rules.filter(({ zones }) => zones.length > 0),
  };
}

type Shape = "polygon" | "line";

export function moveCorner(draft: Draft, index: number, shape: Shape, corner: number, to: PointNorm): Draft {
  const points = draft.zones[index]?.[shape];
  if (points?.[corner] === undefined) return draft;
  return changeZone(draft, index, { [shape]: points.map((point, nth) => (nth === corner ? pointOf(to) : point)) });
}

/** A new corner halfway between one and the next. */
export function splitEdge(draft: Draft, index: number, corner: number): Draft {
  const points = draft.zones[index]?.polygon ?? [];
  const [a, b] = [points[corner], points[(corner + 1) % points.length]];
  if (a === undefined || b === undefined) return draft;
  const middle = pointOf([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
  return changeZone(draft, index, { polygon: points.toSpliced(corner + 1, 0, middle) });
}

/** A polygon keeps three corners, a line two. */
export function removeCorner(draft: Draft, index: number, shape: Shape, corner: number): Draft {
  const points = draft.zones[index]?.[shape] ?? [];
  if (points.length <= (shape === "polygon" ? 3 : 2)) return draft;
  return changeZone(draft, index, { [shape]: points.toSpliced(corner, 1) });
}

export interface TypedPosition {
  readonly longitude: number | undefined;
  readonly latitude: number | undefined;
  readonly crs: Crs;
}

/** A position as it was typed. Of WGS-84 nothing is said, so that a version from before stays the same document. */
export function setPosition(draft: Draft, { longitude, latitude, crs }: TypedPosition): Draft {
  const { longitude: _x, latitude: _y, crs: _crs, ...source } = draft.source;
  return {
    ...draft,
    source: {
      ...source,
      ...(longitude === undefined ? {} : { longitude }),
      ...(latitude === undefined ? {} : { latitude }),
      ...(crs === "wgs84" ? {} : { crs }),
    },
  };
}

export function addRule(draft: Draft, violation: string, zones: readonly string[]): Draft {
  return { ...draft, rules: [...draft.rules, { violation, zones: [...zones] }] };
}

export function changeRule(
  draft: Draft,
  index: number,
  change: { [K in keyof DraftRule]?: DraftRule[K] | undefined },
): Draft {
  return {
    ...draft,
    rules: draft.rules.map((rule, nth) => (nth === index ? withoutEmpty({ ...rule, ...change } as DraftRule) : rule)),
  };
}

export const removeRule = (draft: Draft, index: number): Draft => ({
  ...draft,
  rules: draft.rules.filter((_, nth) => nth !== index),
});

/** Sets the marks of the ground; without any the scene has no calibration. */
export function setMarks(draft: Draft, points: readonly DraftMark[], pictureSize: Picture): Draft {
  const { calibration: _, ...rest } = draft;
  if (points.length === 0) return rest;
  return { ...rest, calibration: { points: [...points], pictureSize } };
}

/**
 * Metres of four marks that are the corners of a rectangle on the ground, in the order they were set: along the first edge first.
 * The first corner is the origin.
 */
export function asRectangle(points: readonly DraftMark[], longM: number, deepM: number): DraftMark[] {
  const corners: [number, number][] = [
    [0, 0],
    [longM, 0],
    [longM, deepM],
    [0, deepM],
  ];
  return points.map((point, nth) => ({ ...point, m: corners[nth] ?? point.m }));
}

/** A field set to undefined or an empty text is left out of the document. */
function withoutEmpty<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined && item !== "")) as T;
}
