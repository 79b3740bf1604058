import { expect, test } from "vitest";
import { violations } from "../violations/index.ts";
import { priorityCodes, priorityOf, priorityReasons, priorityRows, priorityText, queueAtOf } from "./priority.ts";

const facts = { violation: "CROSS_DOOR", sourceKind: "fixed", returned: false };

test.each([
  [facts, "NORMAL", "in_turn"],
  [{ ...facts, returned: true }, "HIGH", "returned"],
  [{ ...facts, violation: "TRUCK_UNCOVERED" }, "HIGH", "drives_away"],
  [{ ...facts, violation: "TAXI_STOP" }, "HIGH", "drives_away"],
  [{ ...facts, violation: "WASTE_DUMP" }, "HIGH", "dumping"],
  [{ ...facts, violation: "ROAD_PILE" }, "HIGH", "obstructs"],
  [{ ...facts, sourceKind: "drone" }, "HIGH", "drone"],
  [{ ...facts, violation: "WASTE_DUMP", returned: true }, "HIGH", "returned"],
  [{ ...facts, violation: "GONE" }, "NORMAL", "in_turn"],
])("%o goes %s because %s", (given, level, reason) => {
  expect(priorityOf(given)).toEqual({ level, reason });
});

test("no fact makes a record urgent, or lets it wait: that is a person's to say", () => {
  for (const { code } of violations)
    for (const sourceKind of ["fixed", "drone"])
      for (const returned of [false, true])
        expect(["HIGH", "NORMAL"]).toContain(priorityOf({ violation: code, sourceKind, returned }).level);
});

test("every reason is told in both languages and no code stands twice", () => {
  const codes = [...priorityRows.map(({ reason }) => reason), ...Object.keys(priorityReasons)];
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) {
    expect(priorityText(code).zh).toMatch(/[\u4e00-\u9fff]/);
    expect(priorityText(code).en).toMatch(/^[\x20-\x7e]+$/);
  }
  expect(priorityText("toString")).toEqual({ zh: "toString", en: "toString" });
});

test("only what is urgent leaves the order of due times", () => {
  const dueAt = new Date("2026-11-27T15:59:59Z");
  for (const level of priorityCodes)
    expect(queueAtOf(level, dueAt).getTime()).toBe(level === "URGENT" ? 0 : dueAt.getTime());
});
