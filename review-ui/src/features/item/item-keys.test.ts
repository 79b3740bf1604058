import { expect, test } from "vitest";
import { itemCommand } from "./item-keys.ts";

const press = (key: string, slot: number | null = null, shift = false) => ({ key, slot, shift });

test("a number passes its question, with Shift it fails it", () => {
  expect(itemCommand(press("1", 1))).toEqual({ do: "answer", index: 0, answer: "pass" });
  expect(itemCommand(press("(", 9, true))).toEqual({ do: "answer", index: 8, answer: "fail" });
  expect(itemCommand(press("=", 12))).toEqual({ do: "answer", index: 11, answer: "pass" });
});

test("the verdicts have their letters", () => {
  const role = (key: string) => {
    const command = itemCommand(press(key));
    return command?.do === "verdict" ? command.role : undefined;
  };
  expect(["a", "r", "b", "u"].map(role)).toEqual(["accept", "reject", "send_back", "unsure"]);
});

test("keys without a meaning do nothing", () => {
  for (const key of ["x", "Enter", "Tab", "toString"]) expect(itemCommand(press(key)), key).toBeUndefined();
});
