import { readScene } from "@mingcha/models/violations";
import { expect, test } from "vitest";
import {
  addRule,
  addZone,
  asRectangle,
  changeRule,
  changeZone,
  type Draft,
  moveCorner,
  removeCorner,
  removeZone,
  setMarks,
  setPosition,
  splitEdge,
} from "./draft.ts";

const empty: Draft = { source: { id: "cam" }, zones: [], rules: [] };
const triangle = [
  [0.1, 0.1],
  [0.5, 0.1],
  [0.5, 0.523612],
] as const;
const drawn = addRule(addZone(empty, triangle, "no_stall"), "STALL", ["zone-1"]);

test("what is drawn is a scene that can be saved, corners in four digits", () => {
  expect(readScene(drawn).kind).toBe("ok");
  expect(drawn.zones[0]?.polygon[2]).toEqual([0.5, 0.5236]);
});

test("a zone that is renamed takes its rules along; one that goes takes those that have no other", () => {
  const renamed = changeZone(drawn, 0, { id: "walk", place: "1 Road" });
  expect(renamed.rules[0]?.zones).toEqual(["walk"]);
  const two = addRule(addZone(renamed, triangle, "no_stall"), "STALL", ["walk", "zone-1"]);
  const left = removeZone(two, 0);
  expect(left.rules).toEqual([{ violation: "STALL", zones: ["zone-1"] }]);
  expect(removeZone(left, 0)).toMatchObject({ zones: [], rules: [] });
});

test("corners move within the picture, split and go, but a polygon keeps three", () => {
  expect(moveCorner(drawn, 0, "polygon", 1, [1.4, -0.2]).zones[0]?.polygon[1]).toEqual([1, 0]);
  const four = splitEdge(drawn, 0, 2);
  expect(four.zones[0]?.polygon).toHaveLength(4);
  expect(four.zones[0]?.polygon[3]).toEqual([0.3, 0.3118]);
  const three = removeCorner(four, 0, "polygon", 3);
  expect(three.zones[0]?.polygon).toEqual(drawn.zones[0]?.polygon);
  expect(removeCorner(three, 0, "polygon", 0)).toBe(three);
});

test("a field that is emptied leaves the document, so that the violation's own value holds", () => {
  const set = changeRule(drawn, 0, { dwellS: 90, minScore: 0.4 });
  expect(set.rules[0]).toMatchObject({ dwellS: 90, minScore: 0.4 });
  expect(changeRule(set, 0, { dwellS: undefined }).rules[0]).toEqual({
    violation: "STALL",
    zones: ["zone-1"],
    minScore: 0.4,
  });
  expect(changeZone(changeZone(drawn, 0, { place: "1 Road" }), 0, { place: "" }).zones[0]).not.toHaveProperty("place");
});

test("four marks become a rectangle in metres, none at all no calibration", () => {
  const marks = triangle
    .concat([[0.1, 0.5]] as never)
    .map((px) => ({ px: [...px] as [number, number], m: [0, 0] as [number, number] }));
  const picture = { widthPx: 1280, heightPx: 720 };
  const measured = setMarks(drawn, asRectangle(marks, 6, 3), picture);
  expect(measured.calibration?.points.map(({ m }) => m)).toEqual([
    [0, 0],
    [6, 0],
    [6, 3],
    [0, 3],
  ]);
  expect(setMarks(measured, [], picture)).not.toHaveProperty("calibration");
});

test("a position in WGS-84 says no datum, one off a Chinese map does, and one that is taken away leaves nothing", () => {
  const at = { longitude: 121.5, latitude: 31.2 };
  const plain = setPosition(drawn, { ...at, crs: "wgs84" });
  expect(plain.source).toEqual({ id: "cam", ...at });
  const shifted = setPosition(plain, { ...at, crs: "gcj02" });
  expect(shifted.source).toEqual({ id: "cam", ...at, crs: "gcj02" });
  expect(readScene(shifted).kind).toBe("ok");
  expect(setPosition(shifted, { longitude: undefined, latitude: undefined, crs: "wgs84" }).source).toEqual({
    id: "cam",
  });
});
