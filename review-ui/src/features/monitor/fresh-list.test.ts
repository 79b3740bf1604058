import { expect, test } from "vitest";
import { arrange, stepFrom, without } from "./fresh-list.ts";

test("while somebody is at the list nothing moves: new ones are counted, decided ones stay", () => {
  expect(arrange(["b", "c"], ["a2", "a1", "b"], true)).toEqual({ shown: ["b", "c"], waiting: 2 });
});

test("nobody at it, or nothing in it yet: the list is what the server says", () => {
  expect(arrange(["b", "c"], ["a", "b"], false)).toEqual({ shown: ["a", "b"], waiting: 0 });
  expect(arrange([], ["a"], true)).toEqual({ shown: ["a"], waiting: 0 });
});

test("keys walk from the first to the last and no further", () => {
  expect(stepFrom(["a", "b"], null, 1)).toBe("a");
  expect(stepFrom(["a", "b"], "a", 1)).toBe("b");
  expect(stepFrom(["a", "b"], "b", 1)).toBe("b");
  expect(stepFrom(["a", "b"], "a", -1)).toBe("a");
  expect(stepFrom(["a", "b"], "gone", 1)).toBe("a");
  expect(stepFrom([], null, 1)).toBeNull();
});

test("a verdict takes one out and goes on with the next, at the end with the one above", () => {
  expect(without(["a", "b", "c"], "b")).toEqual({ shown: ["a", "c"], next: "c" });
  expect(without(["a", "b"], "b")).toEqual({ shown: ["a"], next: "a" });
  expect(without(["a"], "a")).toEqual({ shown: [], next: null });
  expect(without(["a"], "x")).toEqual({ shown: ["a"], next: null });
});
