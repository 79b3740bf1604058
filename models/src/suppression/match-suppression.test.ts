import { describe, expect, test } from "vitest";
import type { BoxNorm } from "../geometry/box.ts";
import { matchSuppression, readSuppression, type SuppressibleAct, type Suppression } from "./match-suppression.ts";

const hour = 3_600_000;
const approvedMs = Date.parse("2026-11-01T00:00:00Z");
const suppression: Suppression = {
  id: "s1",
  boxNorm: [0.2, 0.3, 0.2, 0.2],
  validFromMs: approvedMs,
  validUntilMs: approvedMs + 30 * 24 * hour,
  revokedAtMs: null,
};
const at = (boxes: BoxNorm[], fromMs = approvedMs + hour, toMs = fromMs + hour): SuppressibleAct => ({
  boxNorm: boxes[0] ?? [0, 0, 1, 1],
  fromMs,
  toMs,
  spots: boxes.map((boxNorm) => ({ boxNorm })),
});
const sign: BoxNorm = [0.21, 0.3, 0.2, 0.2];
const matches = (act: SuppressibleAct, over: Partial<Suppression> = {}) =>
  matchSuppression([{ ...suppression, ...over }], act)?.id;

describe("where", () => {
  test("the suppressed look is covered, also cut by a passer-by", () => {
    expect(matches(at([sign]))).toBe("s1");
    expect(matches(at([[0.2, 0.3, 0.09, 0.2]]))).toBe("s1");
    expect(matches(at([sign, [0.2, 0.3, 0.2, 0.1]]))).toBe("s1");
  });
  test("one stray spot elsewhere is enough for a flag", () => {
    expect(matches(at([sign, [0.6, 0.6, 0.1, 0.1]]))).toBeUndefined();
  });
  test("a small thing in front of a suppressed large one is another thing", () => {
    expect(matches(at([[0.25, 0.4, 0.08, 0.08]]))).toBeUndefined();
  });
  test("something that has grown far beyond the suppressed box is another thing", () => {
    expect(matches(at([[0.1, 0.2, 0.5, 0.5]]))).toBeUndefined();
  });
  test("an act without spots is compared by its own box", () => {
    expect(matches({ ...at([]), boxNorm: sign })).toBe("s1");
    expect(matches({ ...at([]), boxNorm: [0.6, 0.6, 0.1, 0.1] })).toBeUndefined();
  });
});

describe("when", () => {
  test("what began before the approval is not covered", () => {
    expect(matches(at([sign], approvedMs - 1))).toBeUndefined();
    expect(matches(at([sign], approvedMs))).toBe("s1");
  });
  test("after its date it covers nothing, without anybody doing anything", () => {
    expect(matches(at([sign], suppression.validUntilMs))).toBeUndefined();
    expect(matches(at([sign], suppression.validUntilMs - 2 * hour, suppression.validUntilMs - hour))).toBe("s1");
  });
  test("what still stands after the end is flagged, however long it was suppressed", () => {
    expect(matches(at([sign], approvedMs + hour, suppression.validUntilMs))).toBeUndefined();
  });
  test("from the moment of revocation it covers nothing; what had ended by then stays as it was", () => {
    const revokedAtMs = approvedMs + 10 * hour;
    expect(matches(at([sign], approvedMs + 8 * hour), { revokedAtMs })).toBe("s1");
    expect(matches(at([sign], approvedMs + 9.5 * hour), { revokedAtMs })).toBeUndefined();
    expect(matches(at([sign], approvedMs + 11 * hour), { revokedAtMs })).toBeUndefined();
  });
});

test("of several the one that covers is named; none covers by standing in the list", () => {
  const elsewhere = { ...suppression, id: "s0", boxNorm: [0.7, 0.7, 0.1, 0.1] as const };
  expect(matchSuppression([elsewhere, suppression], at([sign]))?.id).toBe("s1");
  expect(matchSuppression([elsewhere], at([sign]))).toBeUndefined();
  expect(matchSuppression([], at([sign]))).toBeUndefined();
});

test("a stored row without a box is refused, not taken for one that covers everything", () => {
  const row = { id: "s1", validFrom: new Date(0), validUntil: new Date(1), revokedAt: null };
  expect(() => readSuppression({ ...row, boxNorm: null })).toThrow();
  expect(readSuppression({ ...row, boxNorm: [0, 0, 1, 1] })).toMatchObject({
    boxNorm: [0, 0, 1, 1],
    revokedAtMs: null,
  });
});
