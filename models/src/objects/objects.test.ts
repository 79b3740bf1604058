import { describe, expect, test } from "vitest";
import type { AttributeReading } from "../attributes/reading.ts";
import { placeReason, placesAround, suggestEndings, suggestPlates } from "./candidates.ts";
import { objectFactSchema, type PermitFact } from "./facts.ts";
import { gramsOf, gramsToFind, keyOf, searchOf } from "./identity.ts";
import { partyOf } from "./party.ts";
import { permitOverAct } from "./permit-hours.ts";
import { findPlateColour, isPlate, normalizePlate } from "./plate.ts";

const zone = "Asia/Shanghai";
const act = (from: string, to: string) => ({ fromMs: Date.parse(from), toMs: Date.parse(to) });

describe("plates", () => {
  test("are one text however a sheet writes them, and nothing is guessed", () => {
    for (const text of ["沪A·12345", " 沪a 12345", "沪Ａ１２３４５", "沪A-12345"])
      expect(normalizePlate(text)).toBe("沪A12345");
    expect(isPlate(normalizePlate("沪AO2345"))).toBe(false);
    for (const text of ["沪A1234", "A12345", "沪A123456"]) expect(isPlate(text)).toBe(false);
    for (const text of ["沪A12345", "沪AD12345", "沪A1234挂"]) expect(isPlate(text)).toBe(true);
  });
  test("have colours by code and by word", () => {
    expect(["黄", "黄色", "黄牌", "Yellow", "yellow"].map(findPlateColour)).toEqual(Array(5).fill("yellow"));
    expect(["黄绿双色", "黄绿", "yellow_green"].map(findPlateColour)).toEqual(Array(3).fill("yellow_green"));
    expect(findPlateColour("紫")).toBeNull();
  });
});

describe("what is entered", () => {
  test("keeps one text for one thing and knows what is missing", () => {
    const fact = objectFactSchema.parse({ kind: "shop", name: " 示例  店\u0000 ", place: "示例路12号\t门前" });
    expect(fact).toMatchObject({ name: "示例 店", place: "示例路12号 门前", creditCode: null, telephone: null });
  });
  test.each([
    [{ kind: "shop", name: "店", place: "路", creditCode: "91350100M000100Y44" }],
    [{ kind: "shop", name: " ", place: "路" }],
    [{ kind: "shop", name: "店", place: "路", telephone: "不详" }],
    [{ kind: "vehicle", plate: "沪A1" }],
    [
      {
        kind: "permit",
        place: "路",
        violations: [],
        validFrom: "2026-01-01",
        validTo: "2026-02-01",
        from: "08:00",
        to: "9:00",
        reference: "1",
      },
    ],
  ])("%j is refused", (input) => {
    expect(objectFactSchema.safeParse(input).success).toBe(false);
  });
  test("a permit that ends before it begins or permits what nobody knows is refused", () => {
    const permit = {
      kind: "permit",
      place: "路",
      violations: ["STALL"],
      validFrom: "2026-01-02",
      validTo: "2026-01-02",
      from: "08:00",
      to: "20:00",
      reference: "1",
    };
    expect(objectFactSchema.safeParse(permit).success).toBe(true);
    expect(objectFactSchema.safeParse({ ...permit, validTo: "2026-01-01" }).success).toBe(false);
    expect(objectFactSchema.safeParse({ ...permit, violations: ["FLYING"] }).success).toBe(false);
  });
});

describe("permitted hours over an act", () => {
  const permit = objectFactSchema.parse({
    kind: "permit",
    place: "路",
    violations: ["STALL"],
    validFrom: "2026-05-01",
    validTo: "2026-05-31",
    days: "5-6",
    from: "17:00",
    to: "01:00",
    reference: "1",
  }) as PermitFact;
  test.each([
    ["whole", "2026-05-01T17:00:00+08:00", "2026-05-01T18:00:00+08:00"],
    ["whole", "2026-05-01T23:00:00+08:00", "2026-05-02T01:00:00+08:00"],
    ["part", "2026-05-01T16:00:00+08:00", "2026-05-01T18:00:00+08:00"],
    ["part", "2026-05-02T00:30:00+08:00", "2026-05-02T01:30:00+08:00"],
    ["none", "2026-05-01T12:00:00+08:00", "2026-05-01T16:59:00+08:00"],
    ["none", "2026-05-03T18:00:00+08:00", "2026-05-03T19:00:00+08:00"],
    ["none", "2026-04-24T18:00:00+08:00", "2026-04-24T19:00:00+08:00"],
    ["whole", "2026-05-30T23:00:00+08:00", "2026-05-31T00:30:00+08:00"],
    ["none", "2026-06-05T18:00:00+08:00", "2026-06-05T19:00:00+08:00"],
  ])("%s: %s to %s", (cover, from, to) => {
    expect(permitOverAct(permit, act(from, to), zone)).toBe(cover);
  });
  test("the night that begins on the last day is still permitted, and the first morning is not", () => {
    const always = { ...permit, days: "1-7" };
    expect(permitOverAct(always, act("2026-06-01T00:10:00+08:00", "2026-06-01T00:50:00+08:00"), zone)).toBe("whole");
    expect(permitOverAct(always, act("2026-05-01T00:10:00+08:00", "2026-05-01T00:50:00+08:00"), zone)).toBe("none");
  });
  test("days that touch are one", () => {
    const allDay = { ...permit, days: "1-7", from: "00:00", to: "24:00" };
    expect(permitOverAct(allDay, act("2026-05-01T22:00:00+08:00", "2026-05-03T02:00:00+08:00"), zone)).toBe("whole");
    expect(permitOverAct(allDay, act("2026-05-31T22:00:00+08:00", "2026-06-01T02:00:00+08:00"), zone)).toBe("part");
  });
});

describe("candidates", () => {
  const character = (char: string, ...others: string[]) => ({
    char,
    confidence: 0.8,
    alternatives: others.map((one) => ({ char: one, confidence: 0.1 })),
  });
  const reading = (attribute: string, characters: ReturnType<typeof character>[]): AttributeReading => ({
    detection: 0,
    attribute,
    value: null,
    outcome: "uncertain",
    confidence: 0.8,
    modelId: "m",
    modelSha256: "a".repeat(64),
    plate: {
      text: characters.map(({ char }) => char).join(""),
      characters,
      confidence: 0.8,
      layout: "blue",
      format: "ok",
      cornersNorm: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    },
  });
  test("of a plate are what was read and what the reader also thought of, what was read first", () => {
    const plates = suggestPlates([
      reading("plate", [
        character("沪"),
        character("A"),
        character("1"),
        character("2"),
        character("8", "B"),
        character("4"),
        character("5", "S"),
      ]),
    ]);
    expect(plates.map(({ plate, changed }) => `${changed} ${plate}`)).toEqual([
      "0 沪A12845",
      "1 沪A1284S",
      "1 沪A12B45",
      "2 沪A12B4S",
    ]);
  });
  test("of a reading that no office gives out are only those that one does", () => {
    const plates = suggestPlates([
      reading("plate", [
        character("沪"),
        character("A"),
        character("O", "0"),
        character("2"),
        character("3"),
        character("4"),
        character("5"),
      ]),
    ]);
    expect(plates.map(({ plate }) => plate)).toEqual(["沪A02345"]);
  });
  test("of doubtful readings stay few", () => {
    const doubtful = Array.from({ length: 7 }, (_, nth) =>
      character(nth === 0 ? "沪" : "A", "B", "C", "D", "E", "F", "G"),
    );
    expect(suggestPlates([reading("plate", doubtful)]).length).toBeLessThanOrEqual(400);
    expect(
      suggestEndings([
        reading(
          "large_number",
          [..."A12345"].map((one) => character(one)),
        ),
      ]),
    ).toEqual(["A12345"]);
  });
  test("of a place stand at it, or around it", () => {
    expect(placesAround("示例路12号  门前公共场地")).toEqual(["示例路12号 门前公共场地", "示例路12号"]);
    expect(placeReason("示例路12号", "示例路12号 门前").code).toBe("place_within");
    expect(placeReason("示例路12号 门前", "示例路12号  门前").code).toBe("place");
  });
});

test("every text that contains another has its grams, so that a search by them misses nothing", () => {
  const text = searchOf(
    objectFactSchema.parse({ kind: "shop", name: "示例便利店A1", place: "浦东新区示例路12号 门前" }),
  );
  const grams = new Set(gramsOf(text));
  for (let from = 0; from < text.length; from++)
    for (let to = from + 1; to <= text.length; to++) {
      const part = text.slice(from, to);
      if (/\s/.test(part)) continue;
      for (const gram of gramsToFind(part)) expect(grams.has(gram), part).toBe(true);
    }
  expect(text).not.toContain("021");
});

test("a party has what the register knows and a blank for what it does not", () => {
  const shop = objectFactSchema.parse({ kind: "shop", name: "店", place: "路", creditCode: "91350100M000100Y43" });
  expect(partyOf(shop)).toEqual({ kind: "unit", name: "店", idNumber: "91350100M000100Y43" });
  expect(partyOf(objectFactSchema.parse({ kind: "shop", name: "店", place: "路" }))).toEqual({
    kind: "unknown",
    name: "店",
  });
  expect(partyOf(objectFactSchema.parse({ kind: "vehicle", plate: "沪A12345", carrier: "运输公司" }))).toEqual({
    kind: "unit",
    name: "运输公司",
  });
  expect(keyOf(shop)).not.toBe(keyOf({ ...shop, place: "另一路" } as typeof shop));
});
