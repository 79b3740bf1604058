import { expect, test } from "vitest";
import { beginHistory, stepHistory } from "./history.ts";

test("what is taken back can be done again, until something else is done", () => {
  let history = beginHistory(0);
  for (const value of [1, 2, 3]) history = stepHistory(history, { type: "set", value });
  history = stepHistory(stepHistory(history, { type: "undo" }), { type: "undo" });
  expect(history).toEqual({ past: [0], present: 1, future: [2, 3] });
  expect(stepHistory(history, { type: "redo" }).present).toBe(2);
  history = stepHistory(history, { type: "set", value: 9 });
  expect(history).toEqual({ past: [0, 1], present: 9, future: [] });
});

test("nothing is undone beyond the beginning, a drag is one step, the same value is none", () => {
  const begun = beginHistory("a");
  expect(stepHistory(begun, { type: "undo" })).toBe(begun);
  expect(stepHistory(begun, { type: "redo" })).toBe(begun);
  expect(stepHistory(begun, { type: "set", value: "a" })).toBe(begun);
  const dragged = ["b", "c"].reduce(
    (history, value) => stepHistory(history, { type: "amend", value }),
    stepHistory(begun, { type: "set", value: "x" }),
  );
  expect(dragged).toEqual({ past: ["a"], present: "c", future: [] });
});
