import { expect, test } from "vitest";
import { custodyActions, custodyActionText } from "./actions.ts";

test("every entry of the custody log has a name in both languages", () => {
  for (const { zh, en } of Object.values(custodyActions)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
  }
});

test("an entry of a version that knew another action is shown by its code", () => {
  expect(custodyActionText("toString")).toEqual({ zh: "toString", en: "toString" });
});
