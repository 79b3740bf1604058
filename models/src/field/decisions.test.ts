import { expect, test } from "vitest";
import { type DecisionRow, type FieldDecision, foldDecisions, stateOf as whereOf } from "./decisions.ts";
import { runsOf } from "./runs.ts";

const rows = (...said: [FieldDecision, string | null][]): DecisionRow[] =>
  said.map(([decision, targetKey], nth) => ({ ordinal: nth + 1, decision, targetKey }));
const stateOf = (...said: [FieldDecision, string | null][]) => {
  const { state, targets } = foldDecisions(rows(...said));
  return [state, ...[...targets].map(([key, target]) => `${key} ${target.state}`)];
};

test("a recording of which nobody and nothing said anything belongs to nothing", () => {
  expect(foldDecisions([])).toMatchObject({ state: "ORPHAN", nothing: null });
});

test("what a rule proposes waits for a person, and lapses when it no longer does", () => {
  expect(stateOf(["proposed", "clue:a"])).toEqual(["PROPOSED", "clue:a proposed"]);
  expect(stateOf(["proposed", "clue:a"], ["lapsed", "clue:a"])).toEqual(["ORPHAN", "clue:a lapsed"]);
  expect(stateOf(["proposed", "clue:a"], ["lapsed", "clue:a"], ["proposed", "clue:a"])).toEqual([
    "PROPOSED",
    "clue:a proposed",
  ]);
});

test("a person's word stands, whatever the rule says after it", () => {
  expect(stateOf(["proposed", "clue:a"], ["rejected", "clue:a"], ["proposed", "clue:a"])).toEqual([
    "ORPHAN",
    "clue:a rejected",
  ]);
  expect(stateOf(["proposed", "clue:a"], ["confirmed", "clue:a"], ["lapsed", "clue:a"])).toEqual([
    "MATCHED",
    "clue:a linked",
  ]);
  expect(stateOf(["set", "clue:b"], ["proposed", "clue:b"])).toEqual(["MATCHED", "clue:b linked"]);
});

test("the newest word of a person counts", () => {
  expect(stateOf(["proposed", "clue:a"], ["confirmed", "clue:a"], ["rejected", "clue:a"])).toEqual([
    "ORPHAN",
    "clue:a rejected",
  ]);
  expect(stateOf(["proposed", "clue:a"], ["rejected", "clue:a"], ["confirmed", "clue:a"])).toEqual([
    "MATCHED",
    "clue:a linked",
  ]);
});

test("“belongs to nothing” answers what was proposed by then, and not what is found afterwards", () => {
  expect(stateOf(["proposed", "clue:a"], ["nothing", null])).toEqual(["ORPHAN", "clue:a rejected"]);
  expect(stateOf(["proposed", "clue:a"], ["confirmed", "clue:a"], ["nothing", null])).toEqual([
    "ORPHAN",
    "clue:a rejected",
  ]);
  expect(stateOf(["proposed", "clue:a"], ["nothing", null], ["proposed", "clue:a"])).toEqual([
    "ORPHAN",
    "clue:a rejected",
  ]);
  expect(stateOf(["nothing", null], ["proposed", "clue:b"])).toEqual(["PROPOSED", "clue:b proposed"]);
  expect(stateOf(["nothing", null], ["set", "clue:b"])).toEqual(["MATCHED", "clue:b linked"]);
});

test("a registered place nearby asks nobody; of a car or a gate nothing is asked where nothing fits", () => {
  expect(stateOf(["proposed", "site:s"])).toEqual(["ORPHAN", "site:s proposed"]);
  expect(stateOf(["proposed", "site:s"], ["confirmed", "site:s"])[0]).toBe("MATCHED");
  expect(["body", "patrol", "gate"].map((kind) => whereOf("ORPHAN", kind))).toEqual(["ORPHAN", "FREE", "FREE"]);
  expect(whereOf("PROPOSED", "gate")).toBe("PROPOSED");
});

test("a car's recordings without a longer break are one run, over midnight too; another car's are another", () => {
  const at = (sourceId: string, minute: number) => {
    const fromMs = Date.UTC(2026, 10, 28, 15) + minute * 60_000;
    return { id: `${sourceId}-${minute}`, sourceId, fromMs, toMs: fromMs + 20 * 60_000 };
  };
  // 15:00 UTC is 23:00 in Shanghai
  const runs = runsOf([at("car-1", 50), at("car-2", 5), at("car-1", 0), at("car-1", 101)], "Asia/Shanghai");
  expect(runs.map(({ sourceId, day, clips }) => [sourceId, day, clips.length])).toEqual([
    ["car-1", "2026-11-28", 2],
    ["car-2", "2026-11-28", 1],
    ["car-1", "2026-11-29", 1],
  ]);
});
