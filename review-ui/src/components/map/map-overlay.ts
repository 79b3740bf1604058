import type { MapBase } from "@mingcha/models/http";
import { drawnAt, type MapOverlay, type Position } from "./map-style.ts";

/** A line drawn over the streets, WGS-84. A corridor has its width on the ground. */
export interface MapLine {
  readonly kind: "corridor" | "route" | "track";
  readonly lines: readonly (readonly Position[])[];
  readonly widthM?: number;
}

/** Metres across a pixel at zoom 0 on the equator, with tiles of 512 pixels (WGS-84 / Pseudo-Mercator). */
const metresPerPixel = 40_075_016.686 / 512;
const colours = {
  light: { route: "#7436ab", track: "#0072b2" },
  dark: { route: "#c59bf2", track: "#56b4e9" },
};

/** Source and layers of lines, to be drawn under the street names. */
export function overlayOf(base: MapBase, lines: readonly MapLine[], isDark: boolean): MapOverlay {
  const { route, track } = isDark ? colours.dark : colours.light;
  const ofKind = (kind: MapLine["kind"]) => ["==", ["get", "kind"], kind] as never;
  const round = { "line-cap": "round" as const, "line-join": "round" as const };
  const pixelsAt = (zoom: number) => ["*", ["get", "pixelsAtZero"], 2 ** zoom];
  return {
    source: {
      type: "geojson",
      data: {
        type: "FeatureCollection",
        features: lines.map(({ kind, lines: parts, widthM = 0 }) => ({
          type: "Feature" as const,
          properties: { kind, pixelsAtZero: widthM / (metresPerPixel * Math.cos((latitudeOf(parts) / 180) * Math.PI)) },
          geometry: {
            type: "MultiLineString" as const,
            coordinates: parts.map((points) => points.map((point) => drawnAt(base, point))),
          },
        })),
      },
    },
    layers: [
      {
        id: "overlay-corridor",
        type: "line",
        source: "overlay",
        filter: ofKind("corridor"),
        layout: { "line-join": "round" },
        paint: {
          "line-color": route,
          "line-opacity": 0.22,
          "line-width": ["interpolate", ["exponential", 2], ["zoom"], 0, pixelsAt(0), 22, pixelsAt(22)] as never,
        },
      },
      {
        id: "overlay-route",
        type: "line",
        source: "overlay",
        filter: ofKind("route"),
        layout: round,
        paint: { "line-color": route, "line-width": 2.5, "line-dasharray": [2, 2] },
      },
      {
        id: "overlay-track",
        type: "line",
        source: "overlay",
        filter: ofKind("track"),
        layout: round,
        paint: { "line-color": track, "line-width": 3.5 },
      },
    ],
  };
}

const latitudeOf = (lines: MapLine["lines"]): number => lines[0]?.[0]?.[1] ?? 0;
