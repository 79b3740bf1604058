import { describe, expect, test } from "vitest";
import { askOf, findTransition, transitionsFrom } from "./find-transition.ts";
import { refusalsOf } from "./guards.ts";
import { clueStateCodes, clueStates, openStates } from "./states.ts";
import { stepUpEvents } from "./step-up.ts";
import { good } from "./testing/good-facts.ts";
import { clueTransitions } from "./transitions.ts";

test("verdicts, second looks, filing and what the head decides ask for the password anew; looking after a record does not", () => {
  const fresh = new Set<string>(stepUpEvents);
  for (const { event, asks, by } of clueTransitions) {
    const isVerdict =
      by.endsWith("reviewer") ||
      by === "second_looker" ||
      by === "head" ||
      ["file", "confirm_on_site", "not_found", "corrected"].includes(event);
    expect(fresh.has(event), event).toBe(isVerdict);
    if (asks === "checklist") expect(fresh.has(event), event).toBe(true);
  }
});

test("G-30: no arrow of the clue machine is open to a machine", () => {
  for (const transition of clueTransitions) {
    const refusals = refusalsOf(transition, {
      ...good,
      event: transition.event,
      actor: { ...good.actor, kind: "machine" },
    });
    expect(
      refusals.map((item) => item.guard),
      transition.event,
    ).toContain("G-30");
  }
});

describe("the clue table", () => {
  test("every way into admissible, ready and filed goes through the reviews' guards", () => {
    const into = (to: string) => clueTransitions.filter((row) => row.to === to);
    for (const row of [...into("READY_TO_FILE"), ...into("FILED")]) expect(row.guards, row.event).toContain("G-07");
    for (const row of into("ADMISSIBLE").filter(({ from }) => from !== "ADMISSIBLE"))
      expect(row.guards, row.event).toContain("G-08");
    expect(into("ADMISSIBLE").map((row) => row.from)).not.toContain("PRESCREEN");
  });

  test("closed states have no way out, open states have one", () => {
    // what was discarded comes back by an officer alone
    for (const state of clueStateCodes.filter((code) => code !== "DISCARDED"))
      expect(transitionsFrom(state).length > 0, state).toBe(clueStates[state].open);
    for (const row of transitionsFrom("DISCARDED")) expect(row.by, row.event).toBe("technical_reviewer");
  });

  test("every open state can be erased with a reason and transferred to another authority", () => {
    for (const state of openStates) {
      const own = findTransition(state, "erase");
      const byHead = findTransition(state, "erase_by_head");
      expect(own ?? byHead).toMatchObject({ to: "ERASED", asks: "erasure", by: own ? "handler" : "head" });
      expect(findTransition(state, "transfer")).toMatchObject({ to: "TRANSFERRED", asks: "transfer" });
      expect(findTransition(state, "transfer_by_head")).toMatchObject({ to: "TRANSFERRED", by: "head" });
    }
  });

  test("what was found well is not erased by the one who handles it", () => {
    for (const state of ["ADMISSIBLE", "VERIFIED", "DISSUADED", "CLOSE_PROPOSED", "READY_TO_FILE"] as const)
      expect(findTransition(state, "erase"), state).toBeUndefined();
  });

  test("nothing comes to filing past a second look that waits or disagrees", () => {
    for (const row of clueTransitions.filter(({ to }) => to === "READY_TO_FILE" || to === "FILED"))
      expect(row.guards, row.event).toContain("H-02");
  });

  test("an event asks for the same wherever it leaves from", () => {
    for (const row of clueTransitions) expect(row.asks, `${row.from}/${row.event}`).toBe(askOf(row.event));
  });

  test("an event means one thing in a state", () => {
    const keys = clueTransitions.map((row) => `${row.from}/${row.event}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
