import { expect, test } from "vitest";
import { readScene } from "./check-scene.ts";

const polygon = [
  [0, 0],
  [1, 0],
  [1, 1],
];
const night = { from: "18:00", to: "23:00", note: "夜市" };
const sceneOf = (rule: object, zone: object = {}) => ({
  source: { id: "cam-01" },
  zones: [{ id: "a", kind: "public_ground", polygon, ...zone }],
  rules: [{ violation: "CROSS_DOOR", zones: ["a"], ...rule }],
});

test.each([
  ["rules[0].violation", sceneOf({ violation: "SINGING" })],
  ["rules[0].unless[0].violations[1]", sceneOf({ unless: [{ ...night, violations: ["STALL", "SINGING"] }] })],
  ["zones[0].unless[0].violations[0]", sceneOf({}, { unless: [{ ...night, violations: ["SINGING"] }] })],
])("a violation that does not exist is refused where it is named: %s", (path, value) => {
  const read = readScene(value);
  expect(read.kind === "bad" && read.path).toBe(path);
  expect(read.kind === "bad" && read.text.zh).toContain("SINGING");
});

test("a scene may state everything a rule can hold", () => {
  const read = readScene({
    ...sceneOf(
      {
        beyondM: 0.5,
        minContact: 0.4,
        minCount: 2,
        active: [
          { days: "1-5", from: "07:00", to: "22:00" },
          { holidays: "restdays", from: "09:00", to: "23:00" },
        ],
        unless: [night],
        permits: [{ from: "2026-05-01T00:00:00+08:00", to: "2026-05-04T00:00:00+08:00", note: "临时占道 2026-17" }],
      },
      {
        line: [
          [0.2, 0.3],
          [0.8, 0.3],
        ],
        unless: [{ ...night, violations: ["STALL"] }],
      },
    ),
    calibration: {
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ].map((px) => ({ px, m: px })),
    },
    tiles: { across: 3, overlap: 0.2 },
  });
  expect(read.kind === "bad" ? read.text.en : "ok").toBe("ok");
});
