import { type ClueEvent, clueEvents, clueStateCodes, isAside, transitionsFrom } from "@mingcha/models/clue";
import { expect, test } from "vitest";
import { asidesKey, eventKeys, offerOfKey } from "./event-keys.ts";
import { verdictRole } from "./review-stage.ts";

const keyOf = (event: string) => eventKeys[event as ClueEvent];

test("every step whose turn it is has one key, and no duty has two steps of one state under the same", () => {
  for (const state of clueStateCodes) {
    const steps = transitionsFrom(state).filter(({ aside }) => aside !== true);
    for (const { event, by } of steps) {
      expect(keyOf(event), `${state} ${event}`).toMatch(/^[a-z]$/);
      expect(keyOf(event)).not.toBe(asidesKey);
      const alike = steps.filter((other) => other.event !== event && keyOf(other.event) === keyOf(event));
      for (const other of alike) expect(other.by, `${state}: ${event}, ${other.event}`).not.toBe(by);
    }
  }
});

test("a key that means two open steps to one person means none", () => {
  const offer = (event: ClueEvent, isOpen = true) => ({
    event,
    to: "ADMISSIBLE" as const,
    title: { zh: event, en: event },
    refusals: isOpen ? [] : [{ guard: "H-03", basis: "", zh: "", en: "" }],
  });
  const both = [offer("second_agree"), offer("approve_close"), offer("refuse_close")];
  expect(offerOfKey("a", both)).toBeUndefined();
  expect(offerOfKey("r", both)?.event).toBe("refuse_close");
  expect(offerOfKey("a", [offer("second_agree", false), offer("approve_close")])?.event).toBe("approve_close");
  expect(offerOfKey("a", [offer("second_agree", false)])?.event).toBe("second_agree");
});

test("endings from anywhere have no key of their own, so that none is pressed by mistake", () => {
  for (const event of clueEvents) expect(eventKeys[event] === "", event).toBe(isAside(event));
});

test("accepting is always A and rejecting always R", () => {
  for (const event of clueEvents) {
    const role = verdictRole(event);
    if (role === "accept") expect(eventKeys[event]).toBe("a");
    if (role === "reject") expect(eventKeys[event]).toBe("r");
  }
});
