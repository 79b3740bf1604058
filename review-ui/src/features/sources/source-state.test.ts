import { expect, test } from "vitest";
import { matchesSource } from "./source-state.ts";

test("a source is found by part of its name, place or id, in any case", () => {
  const source = { id: "cam-12", name: "Ball camera", place: "示例路12号" };
  expect(["", " BALL", "路12", "CAM"].map((text) => matchesSource(source, text))).toEqual([true, true, true, true]);
  expect(matchesSource(source, "gate")).toBe(false);
});
