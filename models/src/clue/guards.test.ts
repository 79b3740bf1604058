import { describe, expect, test } from "vitest";
import { findTransition } from "./find-transition.ts";
import type { GuardFacts } from "./guard-facts.ts";
import { guards, refusalsOf } from "./guards.ts";
import { leftOutOf } from "./picture-faults.ts";
import { good, refuses, review, reviewer } from "./testing/good-facts.ts";
import { clueTransitions } from "./transitions.ts";

test("with good facts every guard of filing holds", () => {
  const file = findTransition("READY_TO_FILE", "file");
  expect(file && refusalsOf(file, good)).toEqual([]);
});

describe("G-01 originals", () => {
  test.each([
    ["no original", { originals: [] }],
    ["an original missing from the store", { originals: [{ present: false, hashVerified: false }] }],
    [
      "one of two changed",
      {
        originals: [
          { present: true, hashVerified: true },
          { present: true, hashVerified: false },
        ],
      },
    ],
    ["an unknown device", { deviceKnown: false }],
  ])("refuses %s", (_name, over) => expect(refuses("G-01", over)).toBe(true));
});

const device = (over: Partial<GuardFacts["device"]>): Partial<GuardFacts> => ({ device: { ...good.device, ...over } });

describe("G-02 a record of a device that was not compliant at capture", () => {
  test.each<[string, Partial<GuardFacts>]>([
    ["an unpublished device", device({ state: "REVIEWED", lacks: ["publication"] })],
    ["a suspended one", device({ state: "SUSPENDED" })],
    ["a retired one", device({ state: "RETIRED" })],
    ["a kind the law does not name", device({ isNamed: false })],
  ])("refuses %s", (_name, over) => expect(refuses("G-02", over)).toBe(true));
  test("says what was missing, in both languages", () => {
    const reason = guards["G-02"].refuses({ ...good, ...device({ lacks: ["sign", "publication"] }) });
    expect(reason?.zh).toContain("现场标识、设置地点公布");
    expect(reason?.en).toContain("visible sign, location published");
  });
  test("a camera that must comply must have complied, also where its pictures need officers beside them (G-02 to G-04)", () => {
    const policy = { ...good.policy, evidenceMode: "CLUE_ONLY" as const };
    expect(refuses("G-02", { ...device({ lacks: ["publication"] }), policy })).toBe(true);
    expect(refuses("G-03", { ...device({ metrologySettled: false }), policy })).toBe(true);
    expect(refuses("G-04", { ...device({ clockErrorMs: null }), policy })).toBe(true);
    const few = { pictureRules: [{ passed: false, zh: "数量", en: "count" }] };
    expect(refuses("G-04", { ...few, policy })).toBe(false);
  });
  test("a source that can only give clues passes: its pictures never stand alone anyway (G-09)", () =>
    expect(
      refuses("G-02", { ...device({ isNamed: false }), policy: { ...good.policy, evidenceMode: "CLUE_ONLY" } }),
    ).toBe(false));
  test("holds for a device in use", () => expect(refuses("G-02", {})).toBe(false));
});

test("G-03 refuses unsettled metrology, and only that", () => {
  expect(refuses("G-03", device({ metrologySettled: false }))).toBe(true);
  expect(refuses("G-03", {})).toBe(false);
});

describe("G-04 clock and pictures", () => {
  test.each<[string, Partial<GuardFacts>]>([
    ["an offset of 1.2 s", device({ clockErrorMs: 1_200 })],
    ["a clock nobody compared", device({ clockErrorMs: null })],
    ["a clock that another method finds 37 s off", device({ clockDenied: { zh: "甲", en: "a", leastMs: 36_600 } })],
    ["one image", { pictureRules: [{ passed: false, zh: "数量", en: "count" }] }],
  ])("refuses %s", (_name, over) => expect(refuses("G-04", over)).toBe(true));
  test("the limit itself is within the limit; what cannot be told is left to the reviewer", () => {
    expect(refuses("G-04", device({ clockErrorMs: 1_000 }))).toBe(false);
    expect(refuses("G-04", { pictureRules: [{ passed: null, zh: "分辨率", en: "resolution" }] })).toBe(false);
  });
});

test("G-05 refuses a second case for the same act", () => {
  expect(refuses("G-05", { sameActElsewhere: ["other"] })).toBe(true);
  expect(refuses("G-05", {})).toBe(false);
});

describe("G-07 unreviewed is inadmissible", () => {
  test.each<[string, Partial<GuardFacts>]>([
    ["no review at all", { reviews: [] }],
    ["technical alone", { reviews: [review("technical", "tech")] }],
    ["legal alone", { reviews: [review("legal", "legal")] }],
    ["a failed legal review", { reviews: [review("technical", "tech"), review("legal", "legal", { result: "fail" })] }],
    [
      "an unsure technical review",
      { reviews: [review("technical", "tech", { result: "unsure" }), review("legal", "legal")] },
    ],
    ["both by one person", { reviews: [review("technical", "same"), review("legal", "same")] }],
    ["a reviewer who collected", { collectorIds: ["tech"] }],
    [
      "a reviewer without a certificate on the day of the review",
      { reviews: [review("technical", "tech", { reviewerQualified: false }), review("legal", "legal")] },
    ],
    [
      "a pass by a reviewer who turned out to be recused",
      { reviews: [review("technical", "tech"), review("legal", "legal", { reviewerRecused: true })] },
    ],
    [
      "a reviewer who handles",
      {
        handlers: [
          { id: "legal", qualified: true, recused: false },
          { id: "handler-1", qualified: true, recused: false },
        ],
      },
    ],
    [
      "other media than the original",
      { reviews: [review("technical", "tech"), review("legal", "legal", { mediaMatches: false })] },
    ],
  ])("refuses %s", (_name, over) => expect(refuses("G-07", over)).toBe(true));

  test("holds for a merged review by one person", () =>
    expect(refuses("G-07", { reviews: [review("merged", "both")] })).toBe(false));

  test("where two officers confirmed on site, what was not passed is left out and says why; what was stays", () => {
    const unsure = { reviews: [review("technical", "tech", { result: "unsure" })], confirmedOnSite: true };
    expect(refuses("G-07", unsure)).toBe(false);
    expect(leftOutOf({ ...good, ...unsure })).toBe("not_passed");
    expect(leftOutOf({ ...good, confirmedOnSite: true })).toBeNull();
    const recused = [review("technical", "tech"), review("legal", "legal", { reviewerRecused: true })];
    expect(leftOutOf({ ...good, confirmedOnSite: true, reviews: recused })).toBe("reviewer_recused");
    expect(leftOutOf({ ...good, reviews: [] })).toBeNull();
  });
  test("a reviewer of whatever round handles nothing, also where the pictures are left out", () =>
    expect(refuses("G-07", { reviews: [], confirmedOnSite: true, everReviewedBy: ["handler-2"] })).toBe(true));
});

describe("G-08 who may review", () => {
  const legalPass = { event: "legal_pass" as const, handlers: [], reviews: [review("technical", "tech")] };
  test("holds for a qualified other person", () =>
    expect(refuses("G-08", { ...legalPass, actor: reviewer("legal") })).toBe(false));
  test.each<[string, Partial<GuardFacts>]>([
    ["the technical reviewer as legal reviewer", { actor: reviewer("tech") }],
    ["an expired qualification", { actor: reviewer("legal", { qualified: false }) }],
    ["a recused person", { actor: reviewer("legal", { recused: true }) }],
    ["the collector", { actor: reviewer("pilot") }],
    ["whoever pre-screened the record", { actor: reviewer("monitor") }],
    ["a handler", { actor: reviewer("handler-9"), handlers: [{ id: "handler-9", qualified: true, recused: false }] }],
    ["a legal review before the technical one", { actor: reviewer("legal"), reviews: [] }],
    ["a merged review where the policy forbids it", { actor: reviewer("both"), event: "merged_pass" }],
  ])("refuses %s", (_name, over) => expect(refuses("G-08", { ...legalPass, ...over })).toBe(true));
  test("allows a merged review where the policy does", () => {
    expect(
      refuses("G-08", {
        ...legalPass,
        reviews: [],
        event: "merged_pass",
        actor: reviewer("both"),
        policy: { ...good.policy, mergedAllowed: true },
      }),
    ).toBe(false);
  });
});

test("G-08 a verdict that does not pass a record too is given only by those who may review it", () => {
  for (const [from, event] of [
    ["TECH_REVIEW", "tech_fail"],
    ["TECH_REVIEW", "tech_unsure"],
    ["LEGAL_REVIEW", "legal_fail"],
    ["LEGAL_REVIEW", "legal_unsure"],
    ["LEGAL_REVIEW", "legal_send_back"],
  ] as const)
    expect(findTransition(from, event)?.guards).toContain("G-08");
  const facts = { event: "legal_fail", reviews: [review("technical", "tech")] } as const;
  expect(refuses("G-08", { ...facts, actor: reviewer("legal") })).toBe(false);
  expect(refuses("G-08", { ...facts, actor: reviewer("tech") })).toBe(true);
  expect(refuses("G-08", { ...facts, actor: reviewer("legal", { qualified: false }) })).toBe(true);
  expect(refuses("G-08", { ...facts, actor: reviewer("pilot") })).toBe(true);
});

test("the legal review asks anew what the device was, and whether the authority is competent", () => {
  expect(findTransition("LEGAL_REVIEW", "legal_pass")?.guards).toEqual(
    expect.arrayContaining(["G-02", "G-03", "G-04", "H-08"]),
  );
});

describe("G-09 what pictures may do", () => {
  const policy = good.policy;
  test.each<[string, Partial<GuardFacts>]>([
    ["a matter that is not on the list", { policy: { ...policy, listed: false } }],
    ["a source whose pictures are only a clue", { policy: { ...policy, evidenceMode: "CLUE_ONLY" } }],
    [
      "an authority that is not competent, even after an on-site check",
      { policy: { ...policy, competent: false }, confirmedOnSite: true },
    ],
  ])("refuses %s", (_name, over) => expect(refuses("G-09", over)).toBe(true));
  test("an on-site check by officers takes the place of list and mode", () => {
    expect(
      refuses("G-09", { policy: { ...policy, listed: false, evidenceMode: "CLUE_ONLY" }, confirmedOnSite: true }),
    ).toBe(false);
  });
});

test("G-11 refuses one officer, one officer twice, and one without qualification", () => {
  const one = { id: "a", qualified: true, recused: false };
  expect(refuses("G-11", { handlers: [one] })).toBe(true);
  expect(refuses("G-11", { handlers: [one, one] })).toBe(true);
  expect(refuses("G-11", { handlers: [one, { id: "b", qualified: false, recused: false }] })).toBe(true);
});

test("every guard says why, what it rests on and what would be allowed, in both languages", () => {
  for (const [id, { zh, en, basis, allowed }] of Object.entries(guards)) {
    for (const text of [zh, allowed.zh]) expect(text, id).toMatch(/\p{Script=Han}/u);
    for (const text of [en, allowed.en]) expect(text, id).toMatch(/^[^\p{Script=Han}]{10,}$/u);
    expect(basis, id).not.toBe("");
  }
  const [refusal] = refusalsOf(clueTransitions[0], { ...good, originals: [] });
  expect(refusal?.zh).toBe("没有原始记录；可待原件恢复后再办，或者消除该记录");
  expect(refusal?.en).toContain("; it can go on once the original is back");
});

describe("G-12 dissuade first, punish what is not corrected", () => {
  const first = { policy: { ...good.policy, dissuadeFirst: true } };
  const order = { dissuasions: [{ correctByMs: 900_000, look: null }] };
  test.each<[string, Partial<GuardFacts>]>([
    ["a party nobody dissuaded", first],
    [
      "an order whose time has not passed",
      { ...first, dissuasions: [{ correctByMs: 1_000_001, look: null }], recheck: "not_corrected" },
    ],
    ["an order nobody looked after", { ...first, ...order }],
    [
      "a corrected act that is punishable only if it is not",
      { policy: { ...good.policy, onlyIfNotCorrected: true }, ...order, recheck: "corrected" },
    ],
  ])("refuses %s", (_name, over) => expect(refuses("G-12", over)).toBe(true));
  test("holds once the time has passed and it was not corrected, said now or before", () => {
    expect(refuses("G-12", { ...first, ...order, recheck: "not_corrected" })).toBe(false);
    expect(refuses("G-12", { ...first, ...order, event: "not_corrected" })).toBe(false);
    expect(refuses("G-12", { ...first, ...order, event: "corrected_not_minor" })).toBe(false);
    expect(refuses("G-12", {})).toBe(false);
  });
});

describe("G-06 discards are sampled", () => {
  const sampling = good.sampling;
  test.each<[string, Partial<GuardFacts>]>([
    ["sampling that is switched off", { sampling: { ...sampling, rate: 0 } }],
    ["drawn discards that waited too long", { sampling: { ...sampling, overdue: 1 } }],
  ])("refuses %s and says what would be allowed", (_name, over) => {
    const reason = guards["G-06"].refuses({ ...good, ...over });
    expect(reason?.zh).toContain("技术审核员看过后剔除");
    expect(reason?.en).toContain("officer");
  });
  test("holds while the share is drawn and looked at", () => expect(refuses("G-06", {})).toBe(false));
});

test("G-08 refuses a merged review where something stands against it, and one by a person certified for one half", () => {
  const merged = { event: "merged_pass", handlers: [], reviews: [], actor: reviewer("both") } as const;
  const policy = { ...good.policy, mergedAllowed: true };
  expect(refuses("G-08", { ...merged, policy })).toBe(false);
  expect(refuses("G-08", { ...merged, policy: { ...policy, mergedStops: [{ zh: "已退回", en: "fell back" }] } })).toBe(
    true,
  );
  expect(refuses("G-08", { ...merged, policy, actor: reviewer("both", { legallyQualified: false }) })).toBe(true);
});

test("G-10 names everything the source lacks", () => {
  expect(refuses("G-10", {})).toBe(false);
  const reason = guards["G-10"].refuses({ ...good, purposeLacks: [{ zh: "调取记录", en: "a retrieval record" }] });
  expect(reason).toMatchObject({ zh: expect.stringContaining("调取记录"), en: expect.stringContaining("retrieval") });
});
