import { expect, test } from "vitest";
import { readStreets } from "./streets.ts";

const line = (coordinates: unknown, properties: object = { name: "示例路", class: "main" }) => ({
  type: "FeatureCollection",
  features: [{ type: "Feature", geometry: { type: "LineString", coordinates }, properties }],
});
const good = [
  [121.5, 31.2],
  [121.6, 31.2, 4.5],
];

test("lines with name and class are read; heights are dropped, an unknown class is local, an empty name is none", () => {
  expect(readStreets(line(good))).toEqual({
    kind: "ok",
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
  });
  const read = readStreets(line(good, { name: " ", class: "boulevard" }));
  expect(read.kind === "ok" && read.streets[0]).toMatchObject({ name: null, class: "local" });
});

test.each([
  [
    "projected metres",
    line([
      [351_000.2, 3_455_000.1],
      [351_100, 3_455_100],
    ]),
    /第 1 条.*经纬度/,
    /line 1 is not in degrees/,
  ],
  [
    "a point among the lines",
    {
      type: "FeatureCollection",
      features: [{ type: "Feature", geometry: { type: "Point", coordinates: [1, 2] }, properties: {} }],
    },
    /第 1 个要素/,
    /feature 1/,
  ],
  ["a line of one point", line([[121.5, 31.2]]), /第 1 个要素/, /feature 1/],
  ["something else altogether", { hello: 1 }, /FeatureCollection/, /FeatureCollection/],
  ["nothing", null, /FeatureCollection/, /FeatureCollection/],
])("%s is refused with one sentence in both languages", (_, value, zh, en) => {
  const read = readStreets(value);
  expect(read.kind === "bad" && read.text.zh).toMatch(zh);
  expect(read.kind === "bad" && read.text.en).toMatch(en);
});
