import { distanceM } from "@mingcha/models/geo";
import type { MapBase } from "@mingcha/models/http";
import { expect, test } from "vitest";
import { drawnAt, liesAt, mapStyle } from "./map-style.ts";

const base: MapBase = {
  streets: [
    {
      name: "示例路",
      class: "main",
      lines: [
        [
          [121.5, 31.2],
          [121.6, 31.2],
        ],
      ],
    },
  ],
  sha256: null,
  isFictional: true,
  problem: null,
  tiles: null,
};
const tiles = (coordinates: "wgs84" | "gcj02"): MapBase => ({
  ...base,
  tiles: { url: "https://tiles.example/{z}/{x}/{y}.png", coordinates, attribution: "© somebody" },
});

test("without a tile service a map names no address outside: no glyphs, no sprite, no source with a url", () => {
  const style = mapStyle(base, false);
  expect(JSON.stringify(style)).not.toMatch(/https?:/);
  expect(style.glyphs).toBeUndefined();
  expect(Object.keys(style.sources)).toEqual(["streets"]);
});

test("coordinates are shifted only over pictures in GCJ-02", () => {
  const at = [121.52, 31.23] as const;
  expect(drawnAt(base, at)).toEqual(at);
  expect(drawnAt(tiles("wgs84"), at)).toEqual(at);
  const [longitude, latitude] = drawnAt(tiles("gcj02"), at);
  const shiftM = distanceM({ longitude: at[0], latitude: at[1] }, { longitude, latitude });
  expect(shiftM).toBeGreaterThan(400);
  expect(shiftM).toBeLessThan(600);
  const back = liesAt(tiles("gcj02"), [longitude, latitude]);
  expect(distanceM({ longitude: at[0], latitude: at[1] }, { longitude: back[0], latitude: back[1] })).toBeLessThan(0.1);
  expect(liesAt(tiles("wgs84"), at)).toEqual(at);
});

test("a tile service lies under the streets, with its own attribution", () => {
  const { layers, sources } = mapStyle(tiles("wgs84"), true);
  expect(layers.findIndex(({ id }) => id === "tiles")).toBeLessThan(layers.findIndex(({ id }) => id === "main"));
  expect(sources.tiles).toMatchObject({ attribution: "© somebody" });
});
