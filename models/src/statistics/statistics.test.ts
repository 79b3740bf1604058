import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clueStateCodes } from "../clue/states.ts";
import {
  agreementOf,
  clopperPearsonInterval,
  countOutcomes,
  dayWindows,
  estimateMisses,
  makeShare,
  type OutcomeCounts,
  outcomeOf,
  precisionOf,
  watchMinutes,
  wilsonInterval,
} from "./index.ts";

// Newcombe 1998, Stat. Med. 17:857, table I.
test.each([
  { count: 81, total: 263, wilson: [0.2553, 0.3662], exact: [0.2527, 0.3676] },
  { count: 15, total: 148, wilson: [0.0624, 0.1605], exact: [0.0578, 0.1617] },
  { count: 0, total: 20, wilson: [0, 0.1611], exact: [0, 0.1684] },
  { count: 1, total: 29, wilson: [0.0061, 0.1718], exact: [0.0009, 0.1776] },
])("the intervals of $count of $total are the published ones", ({ count, total, wilson, exact }) => {
  const [score, precise] = [wilsonInterval(count, total), clopperPearsonInterval(count, total)];
  expect([score?.low, score?.high].map((end) => Number(end?.toFixed(4)))).toEqual(wilson);
  expect([precise?.low, precise?.high].map((end) => Number(end?.toFixed(4)))).toEqual(exact);
});

test("an interval holds its share and stays within 0 and 1, whatever is counted", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, part) => {
      const count = Math.round(total * part);
      for (const interval of [wilsonInterval(count, total), clopperPearsonInterval(count, total)]) {
        if (interval === null) return false;
        const { low, high } = interval;
        if (low < 0 || high > 1 || low > count / total + 1e-9 || high < count / total - 1e-9) return false;
      }
      return true;
    }),
  );
});

describe("precision", () => {
  const none: OutcomeCounts = {
    accepted: 0,
    rejected: 0,
    discarded: 0,
    not_found: 0,
    erased: 0,
    undecided: 0,
    merged: 0,
    transferred: 0,
  };

  test("every state has one outcome, and an open one that was never accepted is undecided", () => {
    for (const state of clueStateCodes) expect(outcomeOf[state]).toBeDefined();
    const counts = countOutcomes(clueStateCodes.map((state) => [state, 1]));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(clueStateCodes.length);
    expect(counts).toMatchObject({ merged: 1, discarded: 1, rejected: 1, not_found: 1, erased: 1, undecided: 4 });
  });

  test("counts what was discarded, not found or erased like what was rejected", () => {
    const counts = { ...none, accepted: 6, rejected: 1, discarded: 1, not_found: 1, erased: 1 };
    expect(precisionOf(counts, 10)).toMatchObject({ count: 6, total: 10, share: 0.6 });
  });

  test("is not raised by discarding, erasing or leaving undecided what would have been rejected", () => {
    const honest = precisionOf({ ...none, accepted: 30, rejected: 20 }, 10);
    for (const outcome of ["discarded", "erased", "not_found"] as const)
      expect(precisionOf({ ...none, accepted: 30, [outcome]: 20 }, 10).share).toBe(honest.share);
    const waiting = precisionOf({ ...none, accepted: 30, undecided: 20 }, 10);
    expect(waiting).toMatchObject({ share: 1, undecided: 20, ifAllAgainst: 0.6, ifAllFor: 1 });
    expect(waiting.ifAllAgainst).toBe(honest.share);
  });

  test("is not raised by splitting an act: what is merged into one clue is no item", () => {
    const once = precisionOf({ ...none, accepted: 3, rejected: 9 }, 10);
    expect(precisionOf({ ...none, accepted: 3, rejected: 9, merged: 500 }, 10)).toEqual({ ...once, leftOut: 500 });
  });

  test("of few items is an interval without a point", () => {
    const few = precisionOf({ ...none, accepted: 3 }, 10);
    expect(few.share).toBeNull();
    expect(few.low).toBeCloseTo(0.4385, 4);
    expect(few.high).toBe(1);
    expect(makeShare({ count: 0, total: 0 }, 10)).toMatchObject({ share: null, low: null, high: null, ifAllFor: null });
  });
});

describe("agreement", () => {
  // 20 both yes, 5 and 10 apart, 15 both no: po 0.7, pe 0.5 (the usual worked example of kappa).
  const pairs = [
    { first: "yes", second: "yes", count: 20 },
    { first: "yes", second: "no", count: 5 },
    { first: "no", second: "yes", count: 10 },
    { first: "no", second: "no", count: 15 },
  ];

  test("is the share of equal answers and Cohen's kappa", () => {
    const agreement = agreementOf(pairs, 10);
    expect(agreement).toMatchObject({ count: 35, total: 50, share: 0.7 });
    expect(agreement.kappa).toBeCloseTo(0.4, 12);
  });

  test("has no kappa where both gave one answer alone, where there are no pairs, or too few", () => {
    expect(agreementOf([{ first: "yes", second: "yes", count: 50 }], 10)).toMatchObject({ share: 1, kappa: null });
    expect(agreementOf([], 10)).toMatchObject({ total: 0, share: null, kappa: null });
    expect(agreementOf(pairs, 100).kappa).toBeNull();
  });
});

describe("the estimate of misses", () => {
  test("is the exact interval, scaled to the looks, where every judged look stands for as many", () => {
    const day = { looks: 20_000, judged: 2, missed: 0, unclear: 0 };
    const estimate = estimateMisses(Array(50).fill(day), 30);
    // rule of three, two-sided: 1 − 0.025^(1/100)
    expect(estimate.high).toBeCloseTo(0.0362, 4);
    expect(estimate).toMatchObject({ looks: 1_000_000, judged: 100, share: 0, low: 0, looksLow: 0 });
    expect(estimate.looksHigh).toBe(Math.ceil((estimate.high ?? 0) * 1_000_000));
  });

  test("weighs a look by the looks it stands for: a miss on a busy day weighs more", () => {
    const quiet = { looks: 100, judged: 2, missed: 0, unclear: 0 };
    const busy = { looks: 900, judged: 2, missed: 1, unclear: 0 };
    // (900 × 1/2 + 100 × 0) ÷ 1000
    expect(estimateMisses([quiet, busy], 1).share).toBeCloseTo(0.45, 12);
    // effective size (1000)² ÷ (2·50² + 2·450²) = 2.44, less than the four judged
    expect(estimateMisses([quiet, busy], 1).high).toBeGreaterThan(clopperPearsonInterval(1.8, 4)?.high ?? 1);
  });

  test("does not get better by not answering or by answering that nothing can be told", () => {
    const answered = estimateMisses([{ looks: 1_000, judged: 40, missed: 4, unclear: 0 }], 30);
    const avoided = estimateMisses([{ looks: 1_000, judged: 36, missed: 0, unclear: 4 }], 30);
    expect(avoided.unclear).toBe(4);
    expect(avoided.highIfUnclear).toBeCloseTo(answered.high ?? 0, 12);
    expect(estimateMisses([{ looks: 1_000, judged: 0, missed: 0, unclear: 9 }], 30)).toMatchObject({
      share: null,
      high: null,
      looksHigh: null,
      highIfUnclear: 1,
    });
  });
});

describe("watched minutes", () => {
  const minute = 60_000;
  const [first, second] = dayWindows("2026-11-20", "2026-11-21", "Asia/Shanghai");
  if (first === undefined || second === undefined) throw new Error("two days must have two windows");

  test("a day begins at its midnight where the bureau is, also on the day a clock is changed", () => {
    expect(new Date(first.fromMs).toISOString()).toBe("2026-11-19T16:00:00.000Z");
    expect(first.toMs).toBe(second.fromMs);
    const [short] = dayWindows("2026-03-29", "2026-03-29", "Europe/Berlin");
    expect(((short?.toMs ?? 0) - (short?.fromMs ?? 0)) / 3_600_000).toBe(23);
  });

  test("two rules blind at once count once, and a blind stretch over midnight counts on both days", () => {
    const at = (min: number) => first.fromMs + min * minute;
    const [one, two] = watchMinutes(dayWindows("2026-11-20", "2026-11-21", "Asia/Shanghai"), {
      accounted: [{ fromMs: at(600), toMs: at(1_450) }],
      blind: [
        { fromMs: at(700), toMs: at(720) },
        { fromMs: at(710), toMs: at(730) },
        { fromMs: at(1_430), toMs: at(1_450) },
      ],
      expected: null,
    });
    expect(one).toEqual({ day: "2026-11-20", seenMin: 800, blindMin: 40, unrecordedMin: null });
    expect(two).toEqual({ day: "2026-11-21", seenMin: 0, blindMin: 10, unrecordedMin: null });
  });

  test("a camera that was switched off has its minutes told as not recorded", () => {
    const at = (min: number) => first.fromMs + min * minute;
    const [one] = watchMinutes([first], {
      accounted: [{ fromMs: at(0), toMs: at(60) }],
      blind: [],
      expected: { fromMs: at(0), toMs: at(600) },
    });
    expect(one).toMatchObject({ seenMin: 60, blindMin: 0, unrecordedMin: 540 });
  });
});
