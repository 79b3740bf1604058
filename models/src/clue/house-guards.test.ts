import { describe, expect, test } from "vitest";
import type { GuardFacts } from "./guard-facts.ts";
import { refusalsOf } from "./guards.ts";
import { recheckOnSite } from "./on-site-finding.ts";
import { good, refuses, review, reviewer } from "./testing/good-facts.ts";
import { clueTransitions } from "./transitions.ts";

test("H-43 refuses an officer who is recused, however many others there are", () => {
  const others = [good.handlers[0], good.handlers[1]].flatMap((one) => one ?? []);
  expect(refuses("H-43", { handlers: [...others, { id: "c", qualified: true, recused: true }] })).toBe(true);
  expect(refuses("H-43", { handlers: others })).toBe(false);
});

test("H-43: on every arrow a recused person is refused, by this guard or by G-08, with what would be allowed", () => {
  for (const transition of clueTransitions) {
    const facts = { ...good, event: transition.event, actor: { ...good.actor, recused: true } };
    const found = refusalsOf(transition, facts).find(({ guard }) => guard === "H-43" || guard === "G-08");
    expect(found?.basis, transition.event).toContain("43");
    expect(
      refusalsOf(transition, { ...facts, actor: good.actor }).map(({ guard }) => guard),
      transition.event,
    ).not.toContain("H-43");
  }
});

test("H-01: closing without filing needs a handler's proposal and another person", () => {
  const head = { ...good.actor, id: "head" };
  expect(refuses("H-01", { actor: head })).toBe(false);
  expect(refuses("H-01", { actor: head, closeProposedBy: null })).toBe(true);
  expect(refuses("H-01", {})).toBe(true);
});

describe("H-05 an on-site check that both officers signed", () => {
  const signed = {
    officerIds: ["handler-1", "handler-2"],
    signedBy: ["handler-2", "handler-1"],
    result: "confirmed" as const,
    photos: [{ kind: "wide" as const }, { kind: "close" as const }],
    minPhotos: 2,
    beganAtMs: 500_000,
  };
  const check = (over: Partial<typeof signed> | object): Partial<GuardFacts> => ({
    event: "confirm_on_site",
    onSite: { ...signed, ...over },
  });
  test("holds for it, confirmed or corrected on the spot, and for a finding of nothing", () => {
    expect(refuses("H-05", check({}))).toBe(false);
    expect(refuses("H-05", check({ result: "corrected" }))).toBe(false);
    expect(refuses("H-05", { ...check({ result: "not_found" }), event: "not_found" })).toBe(false);
  });
  test.each<[string, Partial<GuardFacts>]>([
    ["no check", { event: "confirm_on_site", onSite: null }],
    ["nobody signed", check({ signedBy: [] })],
    ["one signature", check({ signedBy: ["handler-1"] })],
    ["the same officer twice", check({ officerIds: ["handler-1", "handler-1"], signedBy: ["handler-1"] })],
    ["a signature of somebody who was not there", check({ signedBy: ["handler-1", "handler-9"] })],
    ["too few photos", check({ photos: [{ kind: "wide" }] })],
    ["no photo of the place", check({ photos: [{ kind: "close" }, { kind: "close" }] })],
    ["nothing found where something is confirmed", check({ result: "not_found" })],
    ["officers who could not tell", check({ result: "cannot_tell" })],
    ["no result", check({ result: null })],
    ["something found where nothing is said to be", { ...check({}), event: "not_found" }],
    ["a step by somebody who was not there", { ...check({}), actor: { ...good.actor, id: "handler-9" } }],
  ])("refuses %s", (_name, over) => expect(refuses("H-05", over)).toBe(true));
  test("its officers cannot review the record afterwards (G-08)", () =>
    expect(
      refuses("G-08", { everCheckedBy: ["officer"], event: "legal_pass", handlers: [], actor: reviewer("officer") }),
    ).toBe(true));
});

describe("H-07 corrected in time and minor ends without a penalty", () => {
  const policy = { ...good.policy, dissuadeFirst: true };
  const seen = (look: GuardFacts["dissuasions"][number]["look"]) => ({
    policy,
    dissuasions: [{ correctByMs: 0, look }],
  });
  test.each<[string, Partial<GuardFacts>]>([
    ["a violation that nothing asks to dissuade first", { dissuasions: [{ correctByMs: 0, look: "absent" }] }],
    ["a party nobody dissuaded", { policy }],
    ["what nobody looked at again", seen(null)],
    ["what could not be seen then", seen("blind")],
    ["what was still there then", seen("present")],
  ])("refuses %s", (_name, over) => expect(refuses("H-07", over)).toBe(true));
  test("holds for what was gone in the look after the time allowed, or by two officers' finding", () => {
    expect(refuses("H-07", seen("absent"))).toBe(false);
    expect(refuses("H-07", { ...seen("blind"), confirmedOnSite: true })).toBe(false);
  });
});

describe("two officers at the place are the looking again after an order (G-12)", () => {
  const onSite = {
    officerIds: ["handler-1", "handler-2"],
    signedBy: ["handler-1", "handler-2"],
    result: "confirmed" as const,
    photos: [],
    minPhotos: 0,
    beganAtMs: 900_000,
  };
  const ordered = { dissuasions: [{ correctByMs: 900_000, look: null }], onSite };
  test("once their whole check lies after the time allowed", () => {
    expect(recheckOnSite(ordered)).toBe("not_corrected");
    expect(recheckOnSite({ ...ordered, onSite: { ...onSite, result: "corrected" } })).toBe("corrected");
  });
  test.each<[string, Pick<GuardFacts, "onSite" | "dissuasions">]>([
    ["was before the time", { ...ordered, onSite: { ...onSite, beganAtMs: 899_999 } }],
    [
      "was before the newest order",
      { onSite, dissuasions: [...ordered.dissuasions, { correctByMs: 900_001, look: null }] },
    ],
    ["has one signature", { ...ordered, onSite: { ...onSite, signedBy: ["handler-1"] } }],
    ["found nothing", { ...ordered, onSite: { ...onSite, result: "not_found" } }],
    ["says nothing of when", { ...ordered, onSite: { ...onSite, beganAtMs: null } }],
    ["nobody ordered anything before", { onSite, dissuasions: [] }],
    ["is not there", { ...ordered, onSite: null }],
  ])("a check that %s says nothing of it", (_name, facts) => expect(recheckOnSite(facts)).toBeNull());
});

test("H-08 refuses what is another authority's matter", () => {
  expect(refuses("H-08", {})).toBe(false);
  expect(refuses("H-08", { policy: { ...good.policy, competent: false } })).toBe(true);
});

test("H-06 refuses an officer who reviewed the record, in whatever round", () => {
  expect(refuses("H-06", {})).toBe(false);
  expect(refuses("H-06", { everReviewedBy: ["tech", "legal", "handler-2"] })).toBe(true);
});

describe("second looks", () => {
  const waiting = { kind: "merged", drawn: true, result: null, ofPersonId: "both", byId: null } as const;
  const second = {
    event: "second_agree",
    actor: reviewer("other"),
    handlers: [],
    reviews: [],
    secondLook: waiting,
  } as const;
  test.each<[string, Partial<GuardFacts>]>([
    ["one nobody gave", {}],
    ["one that disagreed", { secondLook: { ...waiting, result: "disagree" } }],
  ])("H-02 keeps a record back for %s", (_name, over) => {
    expect(refuses("H-02", { secondLook: waiting, ...over })).toBe(true);
  });
  test("H-02 holds for one that agreed, for one that was not drawn, and for sequential reviews", () => {
    expect(refuses("H-02", { secondLook: { ...waiting, result: "agree" } })).toBe(false);
    expect(refuses("H-02", { secondLook: { ...waiting, drawn: false } })).toBe(false);
    expect(refuses("H-02", {})).toBe(false);
  });
  test("H-03 holds for another qualified person", () => expect(refuses("H-03", second)).toBe(false));
  test.each<[string, Partial<GuardFacts>]>([
    ["the person whose decision it is", { actor: reviewer("both") }],
    ["an expired qualification", { actor: reviewer("other", { qualified: false }) }],
    ["the collector", { actor: reviewer("pilot") }],
    ["a handler", { handlers: [{ id: "other", qualified: true, recused: false }] }],
    ["a reviewer of the record", { reviews: [review("technical", "other")] }],
    ["a record that was not drawn", { secondLook: { ...waiting, drawn: false } }],
    ["a second look that was given", { secondLook: { ...waiting, result: "agree" } }],
  ])("H-03 refuses %s", (_name, over) => expect(refuses("H-03", { ...second, ...over })).toBe(true));
  test("whoever gave it may not handle the case (G-07)", () => {
    const over = {
      reviews: [review("merged", "both")],
      secondLook: { ...waiting, result: "agree" as const, byId: "handler-1" },
    };
    expect(refuses("G-07", over)).toBe(true);
  });
});

test("H-04: a suspected crime goes by the head's decision, everything else by whoever holds the record", () => {
  expect(refuses("H-04", { event: "transfer", reasonCode: "suspected_crime" })).toBe(true);
  expect(refuses("H-04", { event: "transfer_by_head", reasonCode: "suspected_crime" })).toBe(false);
  expect(refuses("H-04", { event: "transfer", reasonCode: "other_area" })).toBe(false);
});
