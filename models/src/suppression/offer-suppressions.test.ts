import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BoxNorm, boxIou } from "../geometry/box.ts";
import { checkTerm } from "./check-term.ts";
import { fnv1a64 } from "./offer-key.ts";
import { dayMs, offerSuppressions, type RejectedFlag } from "./offer-suppressions.ts";
import { suppressionSettings } from "./settings.ts";

const nowMs = Date.parse("2026-11-20T08:00:00Z");
const flag = (id: string, boxNorm: BoxNorm, over: Partial<RejectedFlag> = {}): RejectedFlag => ({
  id,
  sourceId: "cam-1",
  ruleKey: "STALL/z1/0",
  boxNorm,
  evidenceSha256: [`hash-${id}`, "shared"],
  ...over,
});
const sign: BoxNorm = [0.2, 0.3, 0.2, 0.2];
const nudged = (x: number, y = 0): BoxNorm => [sign[0] + x, sign[1] + y, sign[2], sign[3]];
const three = [flag("a", sign), flag("b", nudged(0.01)), flag("c", nudged(-0.01, 0.01))];
const offers = (flags: readonly RejectedFlag[], context: object = {}) =>
  offerSuppressions(flags, { nowMs, ...context });

describe("what is offered", () => {
  test("three rejections of one look are one offer with the median box and the pictures of all", () => {
    expect(offers(three)).toEqual([
      {
        key: offers(three)[0]?.key,
        sourceId: "cam-1",
        ruleKey: "STALL/z1/0",
        boxNorm: [0.2, 0.3, expect.closeTo(0.2, 9), expect.closeTo(0.2, 9)],
        flagIds: ["a", "b", "c"],
        evidenceSha256: ["hash-a", "hash-b", "hash-c", "shared"],
        proposedUntilMs: nowMs + 30 * dayMs,
        latestUntilMs: nowMs + 90 * dayMs,
      },
    ]);
  });

  test("two rejections are not enough", () => expect(offers(three.slice(0, 2))).toEqual([]));

  test.each<[string, Partial<RejectedFlag>]>([
    ["another source", { sourceId: "cam-2" }],
    ["another rule", { ruleKey: "CROSS_DOOR/z1/0" }],
    ["another corner of the picture", { boxNorm: [0.7, 0.7, 0.2, 0.2] }],
  ])("a rejection at %s does not count", (_name, over) =>
    expect(offers([...three.slice(0, 2), flag("c", sign, over)])).toEqual([]));

  test("two looks at one source are two offers, and a flag is in one of them at most", () => {
    const car: BoxNorm = [0.6, 0.6, 0.3, 0.2];
    const found = offers([...three, flag("d", car), flag("e", car), flag("f", car), flag("g", car)]);
    expect(found.map((offer) => offer.flagIds)).toEqual([
      ["d", "e", "f", "g"],
      ["a", "b", "c"],
    ]);
  });

  test("where a person upheld the same look once, nothing is offered", () => {
    expect(offers(three, { upheld: [flag("x", nudged(0.02))] })).toEqual([]);
    expect(offers(three, { upheld: [flag("x", [0.7, 0.7, 0.2, 0.2])] })).toHaveLength(1);
    expect(offers(three, { upheld: [flag("x", sign, { sourceId: "cam-2" })] })).toHaveLength(1);
  });

  test("of very many rejections of one rule at one source the newest count", () => {
    const many = Array.from({ length: suppressionSettings.flagsMax + 1 }, (_, index) => flag(`f${index}`, sign));
    const [offer] = offers(many);
    expect(offer?.flagIds).toHaveLength(suppressionSettings.flagsMax);
    expect(offer?.flagIds).not.toContain("f0");
  });

  test("what a suppression in force covers is not offered again", () => {
    expect(offers(three, { standing: [{ ...flag("s", sign) }] })).toEqual([]);
  });
});

describe("the key of an offer", () => {
  test("is the hash that others compute", () => {
    expect(fnv1a64("")).toBe("cbf29ce484222325");
    expect(fnv1a64("foobar")).toBe("85944171f73967e8");
  });

  test("is the same for the same flags in any order, and another with one flag more", () => {
    const [key] = offers(three).map((offer) => offer.key);
    expect(offers([...three].reverse()).map((offer) => offer.key)).toEqual([key]);
    expect(offers([...three, flag("d", sign)]).map((offer) => offer.key)).not.toContain(key);
  });
});

test("every flag of an offer is alike to the offered box, whatever was rejected", () => {
  const boxes = fc.array(
    fc.tuple(...([0, 0, 0.05, 0.05] as const).map((min) => fc.double({ min, max: 0.5, noNaN: true }))),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(boxes, (drawn) => {
      const flags = drawn.map((box, index) => flag(`f${index}`, box as unknown as BoxNorm));
      const found = offers(flags);
      const used = found.flatMap((offer) => offer.flagIds);
      expect(new Set(used).size).toBe(used.length);
      for (const offer of found) {
        expect(offer.flagIds.length).toBeGreaterThanOrEqual(suppressionSettings.minRejected);
        for (const id of offer.flagIds) {
          const box = flags.find((item) => item.id === id)?.boxNorm ?? [0, 0, 0, 0];
          expect(boxIou(box, offer.boxNorm)).toBeGreaterThanOrEqual(suppressionSettings.alikeIou);
        }
      }
    }),
  );
});

test("a term ends after now and within ninety days; no date is no term", () => {
  expect(checkTerm(nowMs + 1, nowMs)).toBe("ok");
  expect(checkTerm(nowMs + 90 * dayMs, nowMs)).toBe("ok");
  expect(checkTerm(nowMs, nowMs)).toBe("past");
  expect(checkTerm(Number.NaN, nowMs)).toBe("past");
  expect(checkTerm(nowMs + 90 * dayMs + 1, nowMs)).toBe("too_long");
});
