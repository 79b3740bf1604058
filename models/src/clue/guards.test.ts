import { describe, expect, test } from "vitest";
import type { GuardFacts, RecordedReview } from "./guard-facts.ts";
import { guards, refusalsOf } from "./guards.ts";
import { clueStateCodes, clueStates, openStates } from "./states.ts";
import { stepUpEvents } from "./step-up.ts";
import { askOf, clueTransitions, findTransition, transitionsFrom } from "./transitions.ts";

const review = (
  kind: RecordedReview["kind"],
  reviewerId: string,
  over: Partial<RecordedReview> = {},
): RecordedReview => ({
  kind,
  result: "pass",
  reviewerId,
  mediaMatches: true,
  reviewerQualified: true,
  reviewerRecused: false,
  ...over,
});

/** Facts under which every guard holds; each test breaks one. */
const good: GuardFacts = {
  event: "file",
  actor: {
    kind: "person",
    id: "handler-1",
    duties: ["handler"],
    qualified: true,
    legallyQualified: true,
    recused: false,
  },
  reasonCode: null,
  originals: [{ present: true, hashVerified: true }],
  deviceKnown: true,
  device: {
    isNamed: true,
    state: "ACTIVE",
    lacks: [],
    suspendedBy: [],
    metrologySettled: true,
    clockErrorMs: 300,
    clockLimitMs: 1_000,
  },
  pictureRules: [{ passed: true, zh: "数量", en: "count" }],
  collectorIds: ["pilot"],
  handlers: [
    { id: "handler-1", qualified: true, recused: false },
    { id: "handler-2", qualified: true, recused: false },
  ],
  reviews: [review("technical", "tech"), review("legal", "legal")],
  policy: {
    evidenceMode: "DIRECT",
    listed: true,
    competent: true,
    mergedAllowed: false,
    mergedStops: [],
    dissuadeFirst: false,
    onlyIfNotCorrected: false,
  },
  confirmedOnSite: false,
  onSite: null,
  everCheckedBy: [],
  everReviewedBy: ["tech", "legal"],
  sameActElsewhere: [],
  dissuasions: [],
  recheck: null,
  nowMs: 1_000_000,
  closeProposedBy: "handler-1",
  purposeLacks: [],
  secondLook: null,
  sampling: { rate: 0.05, leastRate: 0.01, overdue: 0, limitWorkingDays: 3 },
};
const refuses = (id: keyof typeof guards, over: Partial<GuardFacts>) =>
  guards[id].refuses({ ...good, ...over }) !== null;
const reviewer = (id: string, over: Partial<GuardFacts["actor"]> = {}): GuardFacts["actor"] => ({
  kind: "person",
  id,
  duties: ["legal_reviewer"],
  qualified: true,
  legallyQualified: true,
  recused: false,
  ...over,
});

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

test("verdicts, second looks, filing and what the head decides ask for the password anew; looking after a record does not", () => {
  const fresh = new Set<string>(stepUpEvents);
  for (const { event, asks, by } of clueTransitions) {
    const isVerdict =
      by.endsWith("reviewer") ||
      by === "second_looker" ||
      by === "head" ||
      ["file", "confirm_on_site", "not_found"].includes(event);
    expect(fresh.has(event), event).toBe(isVerdict);
    if (asks === "checklist") expect(fresh.has(event), event).toBe(true);
  }
});

describe("G-12 dissuade first, punish what is not corrected", () => {
  const first = { policy: { ...good.policy, dissuadeFirst: true } };
  const order = { dissuasions: [{ correctByMs: 900_000 }] };
  test.each<[string, Partial<GuardFacts>]>([
    ["a party nobody dissuaded", first],
    [
      "an order whose time has not passed",
      { ...first, dissuasions: [{ correctByMs: 1_000_001 }], recheck: "not_corrected" },
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

test("H-06 refuses an officer who reviewed the record, in whatever round", () => {
  expect(refuses("H-06", {})).toBe(false);
  expect(refuses("H-06", { everReviewedBy: ["tech", "legal", "handler-2"] })).toBe(true);
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
      expect(findTransition(state, "erase")).toMatchObject({ to: "ERASED", asks: "erasure" });
      expect(findTransition(state, "transfer")).toMatchObject({ to: "TRANSFERRED", asks: "transfer" });
      expect(findTransition(state, "transfer_by_head")).toMatchObject({ to: "TRANSFERRED", by: "head" });
    }
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
