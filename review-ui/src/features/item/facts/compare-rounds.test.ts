import type { ClueDetail } from "@mingcha/models/http";
import { expect, test } from "vitest";
import { compareRounds } from "./compare-rounds.ts";

type Review = ClueDetail["reviews"][number];
const review = (over: Partial<Review>): Review =>
  ({ kind: "technical", result: "pass", round: 1, checklist: [], asked: [], note: null, ...over }) as Review;
const asked = { field: "place", value: "乙", reasonCode: "zone_text", note: "门牌" } as const;
const yes = (id: string, note?: string) => ({ id, answer: "pass" as const, ...(note === undefined ? {} : { note }) });
const correction = (over: object) =>
  ({ field: "place", newValue: "乙", round: 2, ...over }) as ClueDetail["corrections"][number];

const first = review({ checklist: [yes("true"), yes("clear"), yes("accurate")] });
const back = review({ kind: "legal", result: "send_back", note: "门牌不对", asked: [asked] });

test("before it is answered, what was asked waits", () => {
  expect(compareRounds({ reviews: [first, back], corrections: [], round: 2 })).toMatchObject([
    {
      round: 1,
      askedBy: { note: "门牌不对" },
      asked: [{ outcome: "waiting" }],
      answer: null,
      differing: [],
      sameTotal: 0,
    },
  ]);
});

test("answered, it stands beside the answer with only the questions that differ", () => {
  const again = review({ round: 2, checklist: [yes("true"), yes("clear"), yes("accurate", "已核门牌")] });
  const [change] = compareRounds({ reviews: [first, back, again], corrections: [correction({})], round: 2 });
  expect(change).toMatchObject({ asked: [{ outcome: "done" }], answer: { round: 2 }, sameTotal: 2 });
  expect(change?.differing.map(({ id }) => id)).toEqual(["accurate"]);
});

test("another value, or none, is said to be that", () => {
  const again = review({ round: 2 });
  const outcome = (corrections: ClueDetail["corrections"]) =>
    compareRounds({ reviews: [first, back, again], corrections, round: 2 })[0]?.asked[0]?.outcome;
  expect(outcome([correction({ newValue: "丙" })])).toBe("otherwise");
  expect(outcome([correction({ round: 1 })])).toBe("notDone");
});

test("a record that was never sent back has nothing to compare", () => {
  expect(compareRounds({ reviews: [first], corrections: [], round: 1 })).toEqual([]);
});
