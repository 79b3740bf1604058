import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ClueState, clueStateCodes, clueStates } from "../clue/states.ts";
import { isVerifiedTerm, type RetentionSettings, retentionClassCodes, retentionClasses } from "./classes.ts";
import { type HoldKind, holdKinds } from "./holds.ts";
import {
  type ActFacts,
  classOfState,
  isDue,
  type KeptFacts,
  type RecordFacts,
  retentionOf,
  smallPictureRetention,
} from "./retention-of.ts";

const day = 86_400_000;
const captured = Date.parse("2026-10-01T00:00:00Z");
const settings: RetentionSettings = {
  publicVideoDays: 30,
  bodyRecordingDays: 180,
  fieldProposedDays: 90,
  rejectedImageryDays: 30,
  closedImageryDays: 180,
  smallPictureDays: 730,
  caseFileYears: 10,
  verified: false,
};
const facts = (over: Partial<KeptFacts> = {}): KeptFacts => ({
  capturedToMs: captured,
  receivedMs: captured,
  looked: "done",
  acts: [],
  samplesWaiting: [],
  legalHolds: [],
  ...over,
});
const record = (state: ClueState, over: Partial<RecordFacts> = {}): RecordFacts => ({
  id: "r",
  state,
  changedMs: captured + 10 * day,
  secondLookWaiting: false,
  knownItem: false,
  case: null,
  ...over,
});
const act = (over: Partial<ActFacts> = {}): ActFacts => ({
  flagId: "f",
  record: record("REJECTED"),
  picturesDue: false,
  suppressedUntilMs: null,
  leadsOpen: [],
  ...over,
});
const never = Number.POSITIVE_INFINITY;

describe("terms: the longest wins", () => {
  const rows: [string, KeptFacts, { days: number | null; because: string }][] = [
    ["video that shows nothing: 30 days from its end", facts(), { days: 30, because: "public_video" }],
    [
      "video that arrived later: 30 days from then",
      facts({ receivedMs: captured + 5 * day }),
      { days: 35, because: "public_video" },
    ],
    [
      "a rejected record: 30 days from the decision",
      facts({ acts: [act()] }),
      { days: 40, because: "rejected_record" },
    ],
    [
      "a record closed without a case: 180 days from then",
      facts({ acts: [act(), act({ record: record("CLOSED_NO_PENALTY") })] }),
      { days: 190, because: "closed_record" },
    ],
    [
      "a rejected and a filed record on one clip: with the case",
      facts({ acts: [act(), act({ record: record("FILED", { case: { id: "c", closedMs: null } }) })] }),
      { days: null, because: "case_file" },
    ],
    [
      "a body camera's recording that is no evidence: 180 days",
      facts({ field: { isBodyCamera: true, linked: [], proposed: [] } }),
      { days: 180, because: "body_recording" },
    ],
    [
      "a patrol car's recording: public-area video",
      facts({ field: { isBodyCamera: false, linked: [], proposed: [] } }),
      { days: 30, because: "public_video" },
    ],
    [
      "a recording linked with a record that was closed without a case: 180 days from then",
      facts({ field: { isBodyCamera: true, linked: [record("CLOSED_NO_PENALTY")], proposed: [] } }),
      { days: 190, because: "closed_record" },
    ],
    [
      "a closed case: ten years of the calendar",
      facts({ acts: [act({ record: record("FILED", { case: { id: "c", closedMs: captured } }) })] }),
      { days: (Date.parse("2036-10-01T00:00:00Z") - captured) / day, because: "case_file" },
    ],
  ];
  test.each(rows)("%s", (_, given, { days, because }) => {
    const kept = retentionOf(given, settings, captured);
    expect(kept.because).toBe(because);
    expect(kept.keepUntilMs).toBe(days === null ? null : captured + days * day);
  });

  test("a bureau whose case files are permanent never loses one", () => {
    const closed = facts({ acts: [act({ record: record("FILED", { case: { id: "c", closedMs: captured } }) })] });
    const kept = retentionOf(closed, { ...settings, caseFileYears: null }, captured);
    expect(kept.heldBy).toEqual([]);
    expect(isDue(kept, Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  test("nothing is due before its thirtieth day is over, and it is on the instant", () => {
    const kept = retentionOf(facts(), settings, captured);
    expect(isDue(kept, captured + 30 * day - 1)).toBe(false);
    expect(isDue(kept, captured + 30 * day)).toBe(true);
  });

  test("a small picture stays two years after the decision, and longer while the record is on its way again", () => {
    expect(smallPictureRetention(act(), [], settings, captured).keepUntilMs).toBe(captured + 740 * day);
    expect(smallPictureRetention(act({ record: record("TECH_REVIEW") }), [], settings, captured).heldBy).toHaveLength(
      1,
    );
  });
});

describe("holds", () => {
  const rows: [HoldKind, KeptFacts][] = [
    ["not_looked_at", facts({ looked: "waiting" })],
    ["analysis_failed", facts({ looked: "failed" })],
    ["flag_undecided", facts({ acts: [act({ record: null })] })],
    ["pictures_due", facts({ acts: [act({ picturesDue: true })] })],
    ["record_open", facts({ acts: [act({ record: record("ADMISSIBLE") })] })],
    ["record_open", facts({ acts: [act({ record: record("MERGED") })] })],
    ["case_open", facts({ acts: [act({ record: record("FILED", { case: { id: "c", closedMs: null } }) })] })],
    ["case_open", facts({ acts: [act({ record: record("FILED") })] })],
    ["second_look", facts({ acts: [act({ record: record("DISCARDED", { secondLookWaiting: true }) })] })],
    ["known_item", facts({ acts: [act({ record: record("REJECTED", { knownItem: true }) })] })],
    ["suppression", facts({ acts: [act({ suppressedUntilMs: never })] })],
    ["truck_lead", facts({ acts: [act({ leadsOpen: ["l"] })] })],
    ["sample_waiting", facts({ samplesWaiting: ["s"] })],
    ["field_linked", facts({ field: { isBodyCamera: true, linked: [record("ADMISSIBLE")], proposed: [] } })],
    [
      "field_linked",
      facts({
        field: {
          isBodyCamera: false,
          linked: [record("FILED", { case: { id: "c", closedMs: null } })],
          proposed: [],
        },
      }),
    ],
    ["legal_hold", facts({ legalHolds: [{ id: "h", untilMs: never }] })],
  ];
  test.each(rows)("%s keeps it, however long ago it was", (kind, given) => {
    const kept = retentionOf(given, settings, Number.MAX_SAFE_INTEGER);
    expect(kept.heldBy.map((hold) => hold.kind)).toContain(kind);
    expect(isDue(kept, Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  test("every kind has such a row", () => {
    expect(new Set([...rows.map(([kind]) => kind), "field_proposed"])).toEqual(new Set(Object.keys(holdKinds)));
  });

  test("what a rule alone proposes is held while its record is on its way, and no longer than the bureau says", () => {
    const heldAt = (state: ClueState, days: number, isBodyCamera = false) =>
      retentionOf(
        facts({ field: { isBodyCamera, linked: [], proposed: [record(state)] } }),
        settings,
        captured + days * day,
      ).heldBy.map(({ kind }) => kind);
    expect(heldAt("ON_SITE_CHECK", 119)).toEqual(["field_proposed"]);
    expect(heldAt("ON_SITE_CHECK", 120)).toEqual([]);
    expect(heldAt("ON_SITE_CHECK", 269, true)).toEqual(["field_proposed"]);
    expect(heldAt("ON_SITE_CHECK", 270, true)).toEqual([]);
    for (const state of ["FILED", "REJECTED", "CLOSED_NO_PENALTY"] as const) expect(heldAt(state, 31)).toEqual([]);
  });

  test("a legal hold and a suppression end with their date", () => {
    const held = facts({
      legalHolds: [{ id: "h", untilMs: captured + 50 * day }],
      acts: [act({ suppressedUntilMs: captured + 60 * day })],
    });
    const at = (days: number) => isDue(retentionOf(held, settings, captured + days * day), captured + days * day);
    expect([at(49), at(59), at(60)]).toEqual([false, false, true]);
  });

  test("every state of a record that goes somewhere of itself holds; every other has a class of its own", () => {
    for (const state of clueStateCodes) {
      const kept = retentionOf(facts({ acts: [act({ record: record(state) })] }), settings, captured);
      if (clueStates[state].open || state === "MERGED") expect(kept.heldBy, state).not.toEqual([]);
      else expect(classOfState[state], state).not.toBeNull();
    }
  });
});

describe("whatever the clock", () => {
  const anyRecord: fc.Arbitrary<RecordFacts> = fc.record({
    id: fc.string(),
    state: fc.constantFrom(...clueStateCodes),
    changedMs: fc.integer({ min: captured, max: captured + 4_000 * day }),
    secondLookWaiting: fc.boolean(),
    knownItem: fc.boolean(),
    case: fc.option(
      fc.record({ id: fc.string(), closedMs: fc.option(fc.integer({ min: captured, max: captured + day })) }),
    ),
  });
  const anyAct: fc.Arbitrary<ActFacts> = fc.record({
    flagId: fc.string(),
    record: fc.option(anyRecord),
    picturesDue: fc.boolean(),
    suppressedUntilMs: fc.option(fc.integer({ min: 0, max: captured + 9_000 * day })),
    leadsOpen: fc.array(fc.string(), { maxLength: 1 }),
  });
  const anyFacts: fc.Arbitrary<KeptFacts> = fc.record({
    capturedToMs: fc.integer({ min: captured, max: captured + day }),
    receivedMs: fc.integer({ min: captured, max: captured + 90 * day }),
    looked: fc.constantFrom("done", "waiting", "failed"),
    acts: fc.array(anyAct, { maxLength: 4 }),
    samplesWaiting: fc.array(fc.string(), { maxLength: 2 }),
    legalHolds: fc.array(fc.record({ id: fc.string(), untilMs: fc.integer({ min: 0, max: captured + 9_000 * day }) }), {
      maxLength: 2,
    }),
  });
  const anyNow = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

  test("a held thing is never due, and nothing is due before thirty days", () => {
    fc.assert(
      fc.property(anyFacts, anyNow, (given, nowMs) => {
        const kept = retentionOf(given, settings, nowMs);
        if (kept.heldBy.length > 0) expect(isDue(kept, nowMs)).toBe(false);
        if (nowMs < Math.max(given.capturedToMs, given.receivedMs) + 30 * day) expect(isDue(kept, nowMs)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test("one act, hold or sample more never makes anything go earlier", () => {
    fc.assert(
      fc.property(anyFacts, anyAct, anyNow, (given, more, nowMs) => {
        const before = retentionOf(given, settings, nowMs);
        const after = retentionOf({ ...given, acts: [...given.acts, more] }, settings, nowMs);
        if (isDue(after, nowMs)) expect(isDue(before, nowMs)).toBe(true);
        expect(after.keepUntilMs ?? never).toBeGreaterThanOrEqual(before.keepUntilMs ?? never);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("every class names its text, basis and mark; only what a statute says counts as verified by itself", () => {
  for (const code of retentionClassCodes) {
    const row = retentionClasses[code];
    expect(row.basis).toMatch(/[\u4e00-\u9fff]/);
    expect(isVerifiedTerm(code, { verified: false })).toBe(row.mark === "S");
    expect(isVerifiedTerm(code, { verified: true })).toBe(true);
  }
});
