import { expect, test } from "vitest";
import { disagreementOf, mergedStops } from "./merged.ts";
import { eraseReasons, noiseReasons, reasonsOf, reasonText, reasonTextIn } from "./reasons.ts";
import { drawText, drawValue, isDrawn } from "./second-look.ts";

test("a draw is the first 48 bits of its HMAC, evenly below one", () => {
  expect(drawValue("0".repeat(64))).toBe(0);
  expect(drawValue(`8${"0".repeat(63)}`)).toBe(0.5);
  expect(drawValue("f".repeat(64))).toBeLessThan(1);
  expect(isDrawn(0.05, 0.05)).toBe(false);
  expect(isDrawn(0.0499, 0.05)).toBe(true);
  expect(drawText("merged", "c", 2)).toBe("merged:c:2");
});

const limits = { window: 200, minLooks: 20, maxRate: 0.05 };
const looks = (disagreed: number, agreed: number) => [
  ...Array.from({ length: disagreed }, () => "disagree" as const),
  ...Array.from({ length: agreed }, () => "agree" as const),
];

test("merged review is given up above five in a hundred of the newest two hundred second looks, never on a handful", () => {
  expect(disagreementOf(looks(10, 190), limits)).toMatchObject({ rate: 0.05, exceeds: false });
  expect(disagreementOf(looks(11, 189), limits)).toMatchObject({ exceeds: true });
  expect(disagreementOf(looks(3, 0), limits)).toEqual({ looked: 3, disagreed: 3, rate: null, exceeds: false });
  // the two hundred and first is forgotten
  expect(disagreementOf([...looks(0, 200), "disagree"], limits)).toMatchObject({ looked: 200, disagreed: 0 });
});

test("what stands against one person for both reviews: a fall-back, an earlier disagreement, grounds of APL 58", () => {
  const none = {
    fallbackSince: null,
    disagreedBefore: false,
    majorReview: null,
    highestFineYuan: 1_000,
    majorFineYuan: 5_000,
  };
  expect(mergedStops(none)).toEqual([]);
  expect(mergedStops({ ...none, fallbackSince: "2026-11-20" })[0]?.zh).toContain("2026-11-20");
  expect(mergedStops({ ...none, disagreedBefore: true })).toHaveLength(1);
  expect(mergedStops({ ...none, majorReview: "重大公共利益" })[0]?.en).toContain("APL 58");
  expect(mergedStops({ ...none, highestFineYuan: 5_000 })[0]?.zh).toContain("5000");
  expect(mergedStops({ ...none, majorFineYuan: null, highestFineYuan: 1_000_000 })).toEqual([]);
});

test("a code that stands in two tables says the same in both, and each table has an escape that asks for words", () => {
  const tables = [reasonsOf("reason"), reasonsOf("noise"), reasonsOf("erasure"), reasonsOf("transfer")];
  for (const table of tables) expect(table).toHaveProperty("other");
  expect(reasonsOf("closing")).toBeUndefined();
  expect(reasonText("light")).toEqual(noiseReasons.light);
  expect(reasonText("settled", [{ code: "settled", zh: "化解", en: "settled" }])?.en).toBe("settled");
  expect(reasonText("nothing")).toBeUndefined();
  expect(Object.values(eraseReasons).some(({ byDevice }) => byDevice)).toBe(true);
});

test("a code of the bureau's own list says in a closed record what that list says, and in a rejected one what rejections say", () => {
  const closing = [{ code: "minor", zh: "本局口径", en: "own wording" }];
  for (const state of ["CLOSE_PROPOSED", "CLOSED_NO_PENALTY"] as const)
    expect(reasonTextIn(state, "minor", closing)).toMatchObject({ en: "own wording" });
  expect(reasonTextIn("REJECTED", "minor", closing)).toEqual(reasonsOf("reason")?.minor);
  expect(reasonTextIn("DISCARDED", "light", closing)).toEqual(noiseReasons.light);
  expect(reasonTextIn("TRANSFERRED", "filed_first", closing)).toEqual(reasonsOf("transfer")?.filed_first);
  // a reason the bureau has taken off its list since
  expect(reasonTextIn("CLOSED_NO_PENALTY", "gone", closing)).toBeUndefined();
});
