import { describe, expect, test } from "vitest";
import type { BoxNorm, Look, Role, Scene, SceneInput } from "../scene/index.ts";
import { readScene } from "./check-scene.ts";
import { compareReports, compareScenes } from "./dry-run.ts";
import { evaluateScene } from "./evaluate-scene.ts";

const startMs = Date.parse("2026-05-08T08:00:00+08:00");
const ground: [number, number][] = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
  [0.1, 0.9],
];

function sceneOf(rule: Partial<SceneInput["rules"][number]>, more: Partial<SceneInput> = {}): Scene {
  const read = readScene({
    source: { id: "cam" },
    lookEveryS: 2,
    zones: [{ id: "z", kind: "public_ground", polygon: ground }],
    rules: [{ violation: "CROSS_DOOR", zones: ["z"], dwellS: 60, graceS: 20, minScore: 0.35, ...rule }],
    ...more,
  });
  if (read.kind === "bad") throw new Error(read.text.en);
  return read.scene;
}

const thing = (role: Role, boxNorm: BoxNorm) => ({ label: role, role, score: 0.7, boxNorm });

/** Goods from 100 s to 220 s and again from 400 s to 480 s, furniture from 600 s to 700 s. */
const looks: Look[] = Array.from({ length: 400 }, (_, i) => {
  const s = i * 2;
  const goods = (s >= 100 && s <= 220) || (s >= 400 && s <= 480);
  return {
    status: "seen",
    capturedAtMs: startMs + s * 1000,
    offsetMs: s * 1000,
    detections: [
      ...(goods ? [thing("goods", [0.4, 0.5, 0.1, 0.1])] : []),
      ...(s >= 600 && s <= 700 ? [thing("furniture", [0.6, 0.6, 0.1, 0.1])] : []),
    ],
  };
});

const spans = (flags: { fromMs: number; toMs: number }[]): [number, number][] =>
  flags.map(({ fromMs, toMs }) => [(fromMs - startMs) / 1000, (toMs - startMs) / 1000]);

describe("a changed scene against the old one on the same looks", () => {
  test("an unchanged scene changes nothing", () => {
    const { onlyBefore, onlyAfter, both } = compareScenes(sceneOf({}), sceneOf({}), looks);
    expect([onlyBefore, onlyAfter]).toEqual([[], []]);
    expect(both.map(({ before }) => before).map((flag) => spans([flag])[0])).toEqual([
      [100, 220],
      [400, 480],
      [600, 700],
    ]);
    for (const { changed, fromShiftMs, toShiftMs } of both)
      expect([changed, fromShiftMs, toShiftMs]).toEqual([[], 0, 0]);
  });

  test("what a longer dwell loses is told with the line it fails", () => {
    const { onlyBefore, onlyAfter, both } = compareScenes(sceneOf({}), sceneOf({ dwellS: 90 }), looks);
    expect(spans(onlyBefore.map(({ flag }) => flag))).toEqual([[400, 480]]);
    expect(onlyBefore[0]?.because).toMatchObject([{ filter: "dwell", value: 80, threshold: 90 }]);
    expect(onlyAfter).toEqual([]);
    expect(both[0]?.changed).toMatchObject([
      { before: { filter: "dwell", threshold: 60 }, after: { filter: "dwell", threshold: 90 } },
    ]);
  });

  test("what a new rule wins is told with why the old one had none", () => {
    const stalls = { violation: "STALL", zones: ["z"], dwellS: 60, graceS: 20, minScore: 0.35 };
    const after = sceneOf({}, { rules: [...sceneOf({}).rules, stalls] });
    const { onlyBefore, onlyAfter } = compareScenes(sceneOf({}), after, looks);
    expect(onlyBefore).toEqual([]);
    expect(spans(onlyAfter.map(({ flag }) => flag))).toEqual([
      [100, 220],
      [400, 480],
    ]);
    expect(onlyAfter[0]?.because).toEqual([]);
    expect(compareScenes(sceneOf({ dwellS: 90 }), sceneOf({}), looks).onlyAfter[0]?.because).toMatchObject([
      { filter: "dwell" },
    ]);
  });

  test("hours that cut an act move its ends", () => {
    const { both } = compareScenes(sceneOf({}), sceneOf({ active: { from: "08:02", to: "22:00" } }), looks);
    expect(both[0]).toMatchObject({ fromShiftMs: 20_000, toShiftMs: 0 });
  });

  type Change = { rules: object[]; reversed?: boolean; exempt?: boolean };
  test.each<[string, Change]>([
    ["a rule", { rules: [{ dwellS: 90 }, {}, {}] }],
    ["a rule about things that move", { rules: [{}, {}, { minScore: 0.6 }] }],
    ["the order of rules", { rules: [{}, {}, {}], reversed: true }],
    ["an exempt zone", { rules: [{}, {}, {}], exempt: true }],
    ["nothing", { rules: [{}, {}, {}] }],
  ])("what is not evaluated anew because %s alone changed is what it would be", (_, change) => {
    const build = ({ rules, reversed = false, exempt = false }: Change): Scene => {
      const all = ["CROSS_DOOR", "STALL", "TRUCK_UNCOVERED"].map((violation, i) => ({
        violation,
        zones: ["z"],
        ...(i < 2 ? { dwellS: 60, graceS: 20 } : {}),
        ...rules[i],
      }));
      return sceneOf(
        {},
        {
          zones: [
            { id: "z", kind: "public_ground", polygon: ground },
            ...(exempt
              ? [{ id: "e", kind: "exempt" as const, polygon: ground.map(([x, y]): [number, number] => [x / 2, y]) }]
              : []),
          ],
          rules: reversed ? all.reverse() : all,
        },
      );
    };
    const passing = looks.map((look): Look => {
      const s = (look.capturedAtMs - startMs) / 1000;
      const truck = {
        ...thing("truck", [0.1 + ((s % 60) / 60) * 0.8, 0.6, 0.15, 0.15]),
        score: s % 120 < 60 ? 0.8 : 0.55,
      };
      return look.status === "seen" ? { ...look, detections: [...look.detections, truck] } : look;
    });
    const [before, after] = [build({ rules: [{}, {}, {}] }), build(change)];
    expect(compareScenes(before, after, passing)).toEqual(
      compareReports(evaluateScene(before, passing), evaluateScene(after, passing)),
    );
  });

  test("a zone that was renamed is still the same place", () => {
    const renamed = sceneOf(
      { zones: ["pavement"] },
      { zones: [{ id: "pavement", kind: "public_ground", polygon: ground }] },
    );
    const { onlyBefore, onlyAfter, both } = compareScenes(sceneOf({}), renamed, looks);
    expect([onlyBefore, onlyAfter, both.length]).toEqual([[], [], 3]);
  });
});
