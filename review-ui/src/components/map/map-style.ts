import { fromGcj02, toGcj02 } from "@mingcha/models/geo";
import type { MapBase } from "@mingcha/models/http";
import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";

export type Position = readonly [longitude: number, latitude: number];

/** Everything is WGS-84 until it is drawn over pictures in GCJ-02; this is that edge. */
export function drawnAt(base: Pick<MapBase, "tiles">, [longitude, latitude]: Position): [number, number] {
  if (base.tiles?.coordinates !== "gcj02") return [longitude, latitude];
  const shifted = toGcj02({ longitude, latitude });
  return [shifted.longitude, shifted.latitude];
}

/** The way back: where on earth a point of the drawn map lies. */
export function liesAt(base: Pick<MapBase, "tiles">, [longitude, latitude]: Position): [number, number] {
  if (base.tiles?.coordinates !== "gcj02") return [longitude, latitude];
  const there = fromGcj02({ longitude, latitude });
  return [there.longitude, there.latitude];
}

/** Lines over the streets and under their names. */
export interface MapOverlay {
  readonly source: SourceSpecification;
  readonly layers: readonly LayerSpecification[];
}

interface Palette {
  readonly ground: string;
  readonly casing: string;
  readonly main: string;
  readonly street: string;
  readonly path: string;
  readonly text: string;
  readonly halo: string;
}
const light: Palette = {
  ground: "#e9edf0",
  casing: "#c3ccd4",
  main: "#ffffff",
  street: "#fbfcfd",
  path: "#b4bfc9",
  text: "#42505d",
  halo: "#f4f6f8",
};
const dark: Palette = {
  ground: "#12181e",
  casing: "#0a0e12",
  main: "#43505d",
  street: "#2f3943",
  path: "#333f4a",
  text: "#b4c0cb",
  halo: "#12181e",
};

/** Fonts of this machine: without a glyph address MapLibre draws letters itself, so that no font is fetched. */
const fonts = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"];

const widthAt = (atStreet: number, atHouse: number) =>
  ["interpolate", ["exponential", 1.6], ["zoom"], 11, atStreet * 0.25, 15, atStreet, 18, atHouse] as unknown as number;
const isClass = (...classes: string[]) => ["in", ["get", "class"], ["literal", classes]] as unknown as boolean;

/** The bureau's street lines as a map, light or dark, with a map service's pictures under them where one is configured. */
export function mapStyle(base: MapBase, isDark: boolean, overlay: MapOverlay | null = null): StyleSpecification {
  const palette = isDark ? dark : light;
  const line = (id: string, filter: unknown, color: string, width: unknown, extra: object = {}) => ({
    id,
    type: "line" as const,
    source: "streets",
    filter: filter as never,
    layout: { "line-cap": "round" as const, "line-join": "round" as const },
    paint: { "line-color": color, "line-width": width as number, ...extra },
  });
  return {
    version: 8,
    sources: {
      streets: {
        type: "geojson",
        data: {
          type: "FeatureCollection",
          features: (base.streets ?? []).map((street) => ({
            type: "Feature" as const,
            properties: { name: street.name ?? "", class: street.class },
            geometry: {
              type: "MultiLineString" as const,
              coordinates: street.lines.map((points) => points.map((point) => drawnAt(base, point))),
            },
          })),
        },
      },
      ...(overlay === null ? {} : { overlay: overlay.source }),
      ...(base.tiles === null
        ? {}
        : {
            tiles: {
              type: "raster" as const,
              tiles: [base.tiles.url],
              tileSize: 256,
              ...(base.tiles.attribution === null ? {} : { attribution: base.tiles.attribution }),
            },
          }),
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": palette.ground } },
      ...(base.tiles === null
        ? []
        : [
            {
              id: "tiles",
              type: "raster" as const,
              source: "tiles",
              // a map that is bright by itself would outshine the marks at night
              paint: isDark
                ? { "raster-brightness-max": 0.45, "raster-saturation": -0.5 }
                : { "raster-saturation": -0.3 },
            },
          ]),
      line("path", isClass("path"), palette.path, widthAt(1, 3), { "line-dasharray": [2, 2] }),
      line("casing", isClass("main", "secondary", "local"), palette.casing, [
        "interpolate",
        ["exponential", 1.6],
        ["zoom"],
        11,
        ["match", ["get", "class"], "main", 2.2, "secondary", 1.4, 0.8],
        15,
        ["match", ["get", "class"], "main", 9, "secondary", 6.5, 4.5],
        18,
        ["match", ["get", "class"], "main", 34, "secondary", 25, 18],
      ]),
      line("local", isClass("local"), palette.street, widthAt(3, 15)),
      line("secondary", isClass("secondary"), palette.street, widthAt(5, 22)),
      line("main", isClass("main"), palette.main, widthAt(7.5, 31)),
      ...(overlay?.layers ?? []),
      {
        id: "names",
        type: "symbol",
        source: "streets",
        minzoom: 13,
        filter: ["!=", ["get", "name"], ""],
        layout: {
          "symbol-placement": "line",
          "symbol-spacing": 320,
          "text-field": ["get", "name"],
          "text-font": fonts,
          "text-size": ["interpolate", ["linear"], ["zoom"], 13, 11, 17, 14],
          "symbol-sort-key": ["match", ["get", "class"], "main", 0, "secondary", 1, 2],
        },
        paint: { "text-color": palette.text, "text-halo-color": palette.halo, "text-halo-width": 1.6 },
      },
    ],
  };
}
