import { describe, expect, test } from "vitest";
import { type ErrorCode, errorCodes, publicText } from "./errors.ts";

/** Their texts come whole from elsewhere: a guard's row says what would be allowed (guards.test.ts); the others are no refusals. */
const exempt: readonly ErrorCode[] = ["GUARD_REFUSED", "STORE_FULL", "INTERNAL"];
const codes = (Object.keys(errorCodes) as ErrorCode[]).filter((code) => !exempt.includes(code));
const valuesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");

describe.each(codes)("%s", (code) => {
  const row: {
    readonly zh: string;
    readonly en: string;
    readonly status: number;
    readonly allowed?: { readonly zh: string; readonly en: string };
  } = errorCodes[code];

  test("says why and what would be allowed, in both languages, each in whole sentences", () => {
    expect(row.status).toBeGreaterThanOrEqual(400);
    expect(row.allowed, "no word on what would be allowed").toBeDefined();
    for (const text of [row.zh, row.allowed?.zh ?? ""]) {
      expect(text).toMatch(/\p{Script=Han}/u);
      expect(text.replaceAll(/\{\w+\}/g, "…")).toMatch(/[。…]$/u);
    }
    for (const text of [row.en, row.allowed?.en ?? ""]) {
      expect(text).not.toMatch(/\p{Script=Han}/u);
      expect(text).toMatch(/[.}]$/);
    }
  });

  test("leaves no placeholder behind once its values are given", () => {
    const names = [row.zh, row.en, row.allowed?.zh ?? "", row.allowed?.en ?? ""].flatMap(valuesIn);
    const text = publicText(code, Object.fromEntries(names.map((name) => [name, "X"])));
    expect(valuesIn(text.zh + text.en)).toEqual([]);
    expect(text.zh).toContain((row.allowed?.zh ?? "").replaceAll(/\{\w+\}/g, "X"));
    expect(text.en).toContain((row.allowed?.en ?? "").replaceAll(/\{\w+\}/g, "X"));
  });
});
