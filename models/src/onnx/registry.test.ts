import { describe, expect, test } from "vitest";
import { parseManifest } from "./manifest.ts";
import { placePicture, toBoxNorm } from "./placement.ts";
import { modelRegistry } from "./registry.ts";

describe.each(modelRegistry.map((manifest) => [manifest.id, manifest] as const))("model %s", (_id, manifest) => {
  test("has a licence that lets us ship or name it, and a manifest that reads back", () => {
    expect(["Apache-2.0", "MIT", "BSD-3-Clause"]).toContain(manifest.licence);
    expect(parseManifest(JSON.parse(JSON.stringify(manifest)))).toEqual({ kind: "ok", manifest });
  });

  test("its input frame maps back to the whole picture", () => {
    for (const picture of [
      { width: 1920, height: 1080 },
      { width: 1080, height: 1920 },
      { width: 800, height: 600 },
    ]) {
      const place = placePicture(manifest.input, picture);
      const corners = {
        classId: 0,
        score: 1,
        x1: place.x,
        y1: place.y,
        x2: place.x + place.width,
        y2: place.y + place.height,
      };
      expect(toBoxNorm(corners, place)).toEqual([0, 0, 1, 1]);
      expect(place.x + place.width).toBeLessThanOrEqual(manifest.input.width);
      expect(place.y + place.height).toBeLessThanOrEqual(manifest.input.height);
    }
  });
});

test("ids and files are used once", () => {
  expect(new Set(modelRegistry.map((m) => m.id)).size).toBe(modelRegistry.length);
  expect(new Set(modelRegistry.map((m) => m.file)).size).toBe(modelRegistry.length);
});

test("a manifest with a role for a label that does not exist is refused by name", () => {
  const [first] = modelRegistry;
  const read = parseManifest({ ...first, roles: { unicorn: "goods" } });
  expect(read.kind === "bad" && read.text).toContain('"unicorn" is no label');
});
