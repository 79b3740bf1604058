import { expect, test } from "vitest";
import { itemCommand } from "./item-keys.ts";

const press = (key: string, slot: number | null = null, shift = false) => ({ key, slot, shift });

test("a number passes its question, with Shift it fails it", () => {
  expect(itemCommand(press("1", 1))).toEqual({ do: "answer", index: 0, answer: "pass" });
  expect(itemCommand(press("(", 9, true))).toEqual({ do: "answer", index: 8, answer: "fail" });
  expect(itemCommand(press("=", 12))).toEqual({ do: "answer", index: 11, answer: "pass" });
});

test("steps have their letters, and none takes the letter of a tool", () => {
  for (const key of ["a", "r", "b", "u", "f", "d", "v", "p", "k", "m"])
    expect(itemCommand(press(key)), key).toEqual({ do: "step", key });
  expect(itemCommand(press("x"))).toEqual({ do: "asides" });
  for (const [key, tool] of Object.entries({
    e: "correct",
    g: "grid",
    n: "next",
    o: "overlay",
    c: "compare",
    z: "zoom",
  }))
    expect(itemCommand(press(key)), key).toEqual({ do: tool });
});

test("keys without a meaning do nothing", () => {
  for (const key of ["q", "Enter", "Tab", "toString"]) expect(itemCommand(press(key)), key).toBeUndefined();
});
