import { describe, expect, test } from "vitest";
import {
  correctableAttributes,
  correctionReasons,
  findCorrectionField,
  recordFieldCodes,
} from "./correction-fields.ts";
import { type CorrectionBody, type CorrectionFacts, checkCorrections, mayCorrect } from "./corrections.ts";

const at = (minute: number) => `2026-11-20T01:${String(minute).padStart(2, "0")}:00.000Z`;
const facts: CorrectionFacts = {
  review: "technical",
  inForce: { violation: "CROSS_DOOR", place: "示例路1号", from: at(10), to: at(20), "attribute.plate": "沪A12345" },
  violations: ["CROSS_DOOR", "STALL"],
  attributes: ["plate", "cover"],
  looks: { fromMs: Date.parse(at(5)), toMs: Date.parse(at(30)) },
};
const one = (field: string, value: string): CorrectionBody => ({ field, value, reasonCode: "misread", note: "见特写" });
const check = (over: Partial<CorrectionFacts>, ...corrections: CorrectionBody[]) =>
  checkCorrections(corrections, { ...facts, ...over });

describe("a correction", () => {
  test("keeps what it replaces", () => {
    expect(check({}, one("place", "示例路1号甲"))).toEqual({
      kind: "ok",
      applied: [{ ...one("place", "示例路1号甲"), oldValue: "示例路1号" }],
    });
    expect(check({}, one("attribute.cover", "open"))).toMatchObject({ applied: [{ oldValue: null }] });
  });

  test("writes instants in one way and plates without the signs between them", () => {
    expect(check({}, one("from", "2026-11-20T09:12:00+08:00"))).toMatchObject({ applied: [{ value: at(12) }] });
    expect(check({}, one("attribute.plate", "沪b·1234 5"))).toMatchObject({ applied: [{ value: "沪B12345" }] });
  });

  test.each([
    ["of a field that does not exist", {}, [one("colour", "red")]],
    ["to a violation the bureau does not handle", {}, [one("violation", "JAYWALKING")]],
    ["to the value there is", {}, [one("place", "示例路1号")]],
    ["twice in one verdict", {}, [one("place", "甲"), one("place", "乙")]],
    ["to an instant before the looks", {}, [one("from", at(4))]],
    ["to an instant after the looks", {}, [one("to", at(31))]],
    ["to an instant where no look was taken", { looks: null }, [one("to", at(15))]],
    ["to something that is no instant", {}, [one("to", "昨天")]],
    ["that ends the act before it begins", {}, [one("to", at(9))]],
    ["of an attribute the record has not", {}, [one("attribute.load", "empty")]],
    ["to a value an attribute cannot have", {}, [one("attribute.cover", "half")]],
    ["to a plate nobody gives out", {}, [one("attribute.plate", "ABC")]],
    ["of a technical fact in the legal review", { review: "legal" }, [one("place", "乙")]],
    ["of which only one part is wrong", {}, [one("place", "乙"), one("violation", "JAYWALKING")]],
  ] as const)("%s is refused", (_, over, corrections) => {
    const result = check(over, ...corrections);
    expect(result.kind).toBe("refused");
    if (result.kind === "refused") for (const text of [result.zh, result.en]) expect(text.length).toBeGreaterThan(5);
  });

  test("of both ends is checked as one span", () => {
    expect(check({}, one("from", at(22)), one("to", at(25))).kind).toBe("ok");
  });

  test("of a technical fact may be asked for by the legal reviewer, the violation corrected", () => {
    expect(check({ review: "legal" }, one("violation", "STALL")).kind).toBe("ok");
    expect(checkCorrections([one("place", "乙")], { ...facts, review: "legal" }, { asking: true }).kind).toBe("ok");
  });
});

test("every field and reason has a name in both languages and somebody who may correct it", () => {
  for (const field of [...recordFieldCodes, "attribute.plate", "attribute.cover"]) {
    expect(findCorrectionField(field)?.zh).toMatch(/\p{Script=Han}/u);
    expect(findCorrectionField(field)?.en).not.toMatch(/\p{Script=Han}/u);
    expect(mayCorrect("technical", field)).toBe(true);
  }
  for (const { zh, en } of Object.values(correctionReasons))
    expect([zh, en].every((text) => text.length > 3)).toBe(true);
});

test("what a person judges and what a model read can be corrected, of a vehicle its plate too", () => {
  const truck = { roles: ["truck"], judgedByPerson: [{ attribute: "cover" }, { attribute: "permit" }] };
  expect(correctableAttributes(truck, ["plate"])).toEqual(["cover", "plate", "plate_colour"]);
  expect(correctableAttributes({ roles: ["goods"], judgedByPerson: [] }, [])).toEqual([]);
  expect(correctableAttributes(undefined, [])).toEqual([]);
});
