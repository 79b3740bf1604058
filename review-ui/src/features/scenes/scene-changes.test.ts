import { expect, test } from "vitest";
import { changeRule, changeZone, type Draft, moveCorner, removeZone } from "./draft.ts";
import { sceneChanges } from "./scene-changes.ts";

const zone = (id: string, place?: string): Draft["zones"][number] => ({
  id,
  kind: "no_stall",
  polygon: [
    [0, 0],
    [1, 0],
    [1, 1],
  ],
  ...(place === undefined ? {} : { place }),
});
const scene: Draft = {
  source: { id: "cam" },
  zones: [zone("a", "1 Road"), zone("b")],
  rules: [
    { violation: "STALL", zones: ["a"], dwellS: 60 },
    { violation: "STALL", zones: ["b"] },
  ],
};

test("the same scene has no changes, whatever the order of its fields and left-out defaults", () => {
  const { source, ...rest } = scene;
  expect(sceneChanges(scene, { lookEveryS: 2, ...rest, source })).toEqual([]);
});

test("each change is told once and by its name", () => {
  const moved = moveCorner(scene, 0, "polygon", 1, [0.9, 0]);
  expect(sceneChanges(scene, moved)).toEqual([{ what: "zoneMoved", name: "1 Road" }]);
  expect(sceneChanges(scene, changeZone(scene, 1, { kind: "no_stopping" }))).toEqual([
    { what: "zoneChanged", name: "b" },
  ]);
  expect(sceneChanges(scene, changeRule(scene, 0, { dwellS: 90, minScore: 0.5 }))).toEqual([
    { what: "ruleChanged", violation: "STALL", zones: "a", fields: "dwellS, minScore" },
  ]);
  expect(sceneChanges(scene, removeZone(scene, 1))).toEqual([
    { what: "zoneRemoved", name: "b" },
    { what: "ruleRemoved", violation: "STALL", zones: "b" },
  ]);
  expect(sceneChanges(scene, { ...scene, lookEveryS: 5 })).toEqual([{ what: "cadence", from: 2, to: 5 }]);
});
