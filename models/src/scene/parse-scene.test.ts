import { expect, test } from "vitest";
import { parseScene } from "./parse-scene.ts";

const good = {
  source: { id: "cam-01", timezone: "Asia/Shanghai" },
  lookEveryS: 2,
  zones: [
    {
      id: "a",
      kind: "public_ground",
      polygon: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    },
  ],
  rules: [{ violation: "CROSS_DOOR", zones: ["a"], roles: ["goods", "label:bench"] }],
};

test("a scene of the design's form is read, with defaults", () => {
  const read = parseScene(good);
  expect(read.kind === "ok" && read.scene.source.name).toBe("");
});

test.each([
  [
    "zones[0].polygon[1][0]",
    {
      ...good,
      zones: [
        {
          ...good.zones[0],
          polygon: [
            [0, 0],
            [1.2, 0],
            [1, 1],
          ],
        },
      ],
    },
  ],
  [
    "zones[0].polygon",
    {
      ...good,
      zones: [
        {
          ...good.zones[0],
          polygon: [
            [0, 0],
            [0.5, 0.5],
            [1, 1],
          ],
        },
      ],
    },
  ],
  ["zones[0].kind", { ...good, zones: [{ ...good.zones[0], kind: "garden" }] }],
  ["rules[0].zones[0]", { ...good, rules: [{ ...good.rules[0], zones: ["b"] }] }],
  ["rules[0].roles[0]", { ...good, rules: [{ ...good.rules[0], roles: ["chair"] }] }],
  ["rules[0].dwellS", { ...good, rules: [{ ...good.rules[0], dwellS: "5" }] }],
  [
    "rules[0].active.days",
    { ...good, rules: [{ ...good.rules[0], active: { days: "0-8", from: "07:00", to: "22:00" } }] },
  ],
  ["rules[0].beyondM", { ...good, rules: [{ ...good.rules[0], beyondM: 0.5 }] }],
  [
    "rules[0].beyondM",
    {
      ...good,
      calibration: { points: [0, 1, 2, 3].map((m) => ({ px: [0.1, 0.1], m: [m, m] })) },
      rules: [{ ...good.rules[0], beyondM: 0.5 }],
    },
  ],
  ["zones[0].line", { ...good, zones: [{ ...good.zones[0], line: [[0.1, 0.2]] }] }],
  ["rules[0].minCount", { ...good, rules: [{ ...good.rules[0], minCount: 0 }] }],
  ["rules[0].active", { ...good, rules: [{ ...good.rules[0], active: [] }] }],
  [
    "rules[0].active[1].holidays",
    {
      ...good,
      rules: [
        {
          ...good.rules[0],
          active: [
            { from: "07:00", to: "22:00" },
            { from: "07:00", to: "22:00", holidays: "sometimes" },
          ],
        },
      ],
    },
  ],
  [
    "rules[0].permits[0].to",
    {
      ...good,
      rules: [
        {
          ...good.rules[0],
          permits: [{ from: "2026-05-02T00:00:00+08:00", to: "2026-05-01T00:00:00+08:00", note: "x" }],
        },
      ],
    },
  ],
  [
    "zones[0].permits[0].from",
    {
      ...good,
      zones: [{ ...good.zones[0], permits: [{ from: "2026-05-02", to: "2026-05-03T00:00:00+08:00", note: "x" }] }],
    },
  ],
  ["zones[0].unless[0].note", { ...good, zones: [{ ...good.zones[0], unless: [{ from: "18:00", to: "23:00" }] }] }],
  ["tiles.overlap", { ...good, tiles: { across: 3, overlap: 0.9 } }],
  ["source.timezone", { ...good, source: { id: "x", timezone: "Mars/Base" } }],
  ["zones[1].id", { ...good, zones: [good.zones[0], good.zones[0]] }],
  ["top level", null],
])("a wrong scene is refused in one sentence of each language that names %s", (path, value) => {
  const read = parseScene(value);
  expect(read.kind).toBe("bad");
  if (read.kind === "ok") return;
  expect(read.path).toBe(path);
  expect(read.text.en).toContain(path);
  expect(read.text.zh).toContain(path === "top level" ? "最外层" : path);
  expect(read.text.zh.replace(path, "")).toMatch(/[\u4e00-\u9fff]{2}.*：.*[\u4e00-\u9fff]/);
  expect(read.text.en).not.toContain("\n");
});
