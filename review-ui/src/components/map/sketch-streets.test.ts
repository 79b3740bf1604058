import { expect, test } from "vitest";
import { sketchStreets } from "./sketch-streets.ts";

const middle = { longitude: 121.52, latitude: 31.23 };
const frame = { widthPx: 400, heightPx: 200, acrossM: 400 };
const street = (name: string | null, ...line: [number, number][]) => ({ name, class: "main" as const, lines: [line] });

test("a street to the north is drawn above the middle, one metre to a pixel here, and one far away is not drawn", () => {
  const north = 100 / 110_950;
  const [drawn, ...others] = sketchStreets(
    [
      street("北路", [121.51, 31.23 + north / 2], [121.53, 31.23 + north / 2]),
      street("远路", [121.9, 31.5], [122, 31.5]),
    ],
    middle,
    frame,
  );
  expect(others).toEqual([]);
  const y = Number(/M\S+ (\S+)L/.exec(drawn?.path ?? "")?.[1]);
  expect(y).toBeGreaterThan(45);
  expect(y).toBeLessThan(55);
});

test("a name is never upside down, and a street without one has no label", () => {
  const southwards = sketchStreets(
    [street("南路", [121.5206, 31.2305], [121.5206, 31.2303], [121.5206, 31.229])],
    middle,
    frame,
  );
  expect(Math.abs(southwards[0]?.label?.angleDeg ?? 0)).toBeLessThanOrEqual(90);
  const nameless = sketchStreets([street(null, [121.5195, 31.2305], [121.5206, 31.2305])], middle, frame);
  expect(nameless[0]?.label).toBeNull();
});
