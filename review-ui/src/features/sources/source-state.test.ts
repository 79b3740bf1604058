import { expect, test } from "vitest";
import { matchesSource, stateOfSource } from "./source-state.ts";

const look = { clipId: "00000000-0000-4000-8000-000000000001", offsetMs: 0 };

test("a source without a look is silent, one whose rules rest says so, the others work", () => {
  const resting = { reason: "view_moved", since: "2026-11-20T00:00:00Z" } as const;
  expect(stateOfSource({ lastLook: null, suspended: resting })).toBe("silent");
  expect(stateOfSource({ lastLook: look, suspended: resting })).toBe("suspended");
  expect(stateOfSource({ lastLook: look, suspended: null })).toBe("working");
});

test("a source is found by part of its name, place or id, in any case", () => {
  const source = { id: "cam-12", name: "Ball camera", place: "示例路12号" };
  expect(["", " BALL", "路12", "CAM"].map((text) => matchesSource(source, text))).toEqual([true, true, true, true]);
  expect(matchesSource(source, "gate")).toBe(false);
});
