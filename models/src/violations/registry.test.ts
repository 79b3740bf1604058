import { describe, expect, test } from "vitest";
import { attributeTexts, questionTexts } from "../attributes/index.ts";
import { modelRegistry } from "../onnx/index.ts";
import { filterNames } from "../scene/index.ts";
import { filters } from "./filters/registry.ts";
import { personStarted } from "./person-started.ts";
import { findViolation, violations } from "./registry.ts";
import { traceText } from "./trace-text.ts";

const none = { zh: "", en: "" };

describe.each(violations.map((violation) => [violation.code, violation] as const))("%s", (code, violation) => {
  test("says everything in both languages", () => {
    const names = violation.judgedByPerson.map(
      ({ attribute }) => attributeTexts[attribute] ?? questionTexts[attribute] ?? none,
    );
    const questions = violation.judgedByPerson.map(({ question }) => question);
    const texts = [violation.title, ...violation.falsePositives, ...questions, ...names];
    for (const { zh, en } of texts) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
    }
    expect(violation.falsePositives.length).toBeGreaterThan(0);
  });

  test("is found by its code, and looks only for roles that some model can see or the shipped one will", () => {
    expect(findViolation(code)).toBe(violation);
    expect(violation.dwellS).toBeGreaterThanOrEqual(0);
    expect(violation.minScore).toBeGreaterThan(0);
  });
});

/** The catalogue of matters, in the order of its table of legal bases. */
const catalogue = [
  "CROSS_DOOR",
  "STALL",
  "ROAD_PILE",
  "ROAD_CARWASH",
  "TRUCK_UNCOVERED",
  "TRUCK_SPILL",
  "TRUCK_DIRTY",
  "TRUCK_NO_PERMIT",
  "TRUCK_NO_DEVICE",
  "TRUCK_OFF_ROUTE",
  "WASTE_DUMP",
  "DECOR_DUMP",
  "SIDEWALK_PARK",
  "TAXI_STOP",
  "OUTDOOR_AD",
  "POSTER",
  "DUST_YARD",
  "DUST_SITE",
  "ILLEGAL_BUILD",
  "SHARED_BIKE",
  "NIGHT_BUILD",
  "OPEN_BURN",
];

test("every matter of the catalogue has a rule or a stated reason why a person must start it, never both", () => {
  const ruled = violations.map((violation) => violation.code);
  const started = personStarted.map((item) => item.code);
  expect([...ruled, ...started].sort()).toEqual([...catalogue].sort());
});

test("a matter without a rule says so in both languages", () => {
  for (const { title, because } of personStarted)
    for (const { zh, en } of [title, because]) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
    }
});

test("some model sees a role of every violation about vehicles and furniture", () => {
  const seen = new Set(modelRegistry.flatMap((manifest) => Object.values(manifest.roles)));
  for (const violation of violations)
    expect(violation.roles.some((role) => seen.has(role)) || violation.code === "ROAD_PILE").toBe(true);
});

test("the filters are applied in the order in which they are named, each once", () => {
  expect(filters.map((filter) => filter.name)).toEqual([...filterNames]);
});

test("hours of a rule are said by the names of their days", () => {
  const said = (threshold: string) =>
    traceText({ filter: "calendar", passed: true, value: "5 08:30", threshold } as const);
  expect(said("1-5,7 07:00-22:00; 6 08:00-12:00")).toEqual({
    zh: "时段：开始于周五 08:30，规则时段 周一至周五、周日 07:00-22:00; 周六 08:00-12:00",
    en: "calendar: began Friday 08:30, active Monday to Friday, Sunday 07:00-22:00; Saturday 08:00-12:00",
  });
  expect(said("1-7 00:00-24:00").zh).toContain("每天 00:00-24:00");
  expect(said("-").en).toContain("began Friday 08:30");
});

test("every filter of a trace can be said in both languages", () => {
  for (const filter of filterNames) {
    const { zh, en } = traceText({ filter, passed: false, value: 1, threshold: 2 });
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en.length).toBeGreaterThan(5);
  }
});
