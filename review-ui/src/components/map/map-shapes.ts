import type { MapBase } from "@mingcha/models/http";
import type { StyleSpecification } from "maplibre-gl";
import { drawnAt, type Position } from "./map-style.ts";

/** What is drawn under the marks, in WGS-84. */
export interface MapShapes {
  readonly lines: readonly (readonly Position[])[];
  /** Polygons with holes. */
  readonly areas: readonly (readonly (readonly Position[])[])[];
  /** One ring in hand, and another within it. */
  readonly picked: readonly Position[] | null;
  readonly within: readonly Position[] | null;
}

/** Told apart by form as well as by colour: areas are filled, the one in hand is a dashed outline, what lies within it is solid. */
const colours = {
  light: { line: "#0b57a4", area: "#0b7a5b", picked: "#8a3b00", within: "#b3261e" },
  dark: { line: "#7db8f5", area: "#4fc9a2", picked: "#f0a35e", within: "#ff8a80" },
} as const;

/** A street map with shapes on it, below the names of streets. */
export function withShapes(
  style: StyleSpecification,
  base: MapBase,
  shapes: MapShapes,
  isDark: boolean,
): StyleSpecification {
  const colour = isDark ? colours.dark : colours.light;
  const drawn = (points: readonly Position[]): [number, number][] => points.map((point) => drawnAt(base, point));
  const closed = (points: readonly Position[]): [number, number][] => {
    const ring = drawn(points);
    const [first] = ring;
    return first === undefined ? ring : [...ring, first];
  };
  const feature = (kind: string) => ({ type: "Feature" as const, properties: { kind } });
  const ringOf = (kind: string, ring: readonly Position[] | null) =>
    ring === null ? [] : [{ ...feature(kind), geometry: { type: "Polygon" as const, coordinates: [closed(ring)] } }];
  const data = {
    type: "FeatureCollection" as const,
    features: [
      {
        ...feature("area"),
        geometry: { type: "MultiPolygon" as const, coordinates: shapes.areas.map((rings) => rings.map(closed)) },
      },
      { ...feature("line"), geometry: { type: "MultiLineString" as const, coordinates: shapes.lines.map(drawn) } },
      ...ringOf("picked", shapes.picked),
      ...ringOf("within", shapes.within),
    ],
  };
  const of = (kind: string) => ["==", ["get", "kind"], kind] as never;
  const outline = (id: keyof typeof colour, width: number, dashes?: number[]) => ({
    id: `shape-${id}`,
    type: "line" as const,
    source: "shapes",
    filter: of(id),
    layout: { "line-join": "round" as const },
    paint: { "line-color": colour[id], "line-width": width, ...(dashes ? { "line-dasharray": dashes } : {}) },
  });
  const fill = (id: keyof typeof colour, opacity: number) => ({
    id: `shape-${id}-fill`,
    type: "fill" as const,
    source: "shapes",
    filter: of(id),
    paint: { "fill-color": colour[id], "fill-opacity": opacity },
  });
  const names = style.layers.findIndex(({ id }) => id === "names");
  const at = names < 0 ? style.layers.length : names;
  return {
    ...style,
    sources: { ...style.sources, shapes: { type: "geojson", data } },
    layers: [
      ...style.layers.slice(0, at),
      fill("area", 0.22),
      outline("area", 1),
      outline("picked", 2, [3, 2]),
      fill("within", 0.25),
      outline("within", 2),
      outline("line", 2.5),
      ...style.layers.slice(at),
    ],
  };
}
