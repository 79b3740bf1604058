import { describe, expect, it } from "vitest";
import { defaultNumberPattern, formatDocumentNumber } from "./number-pattern.ts";
import { printBytes } from "./print-bytes.ts";
import { printDate, printDuration, proseTime, tableTime } from "./print-time.ts";
import { printYuan } from "./print-yuan.ts";

describe("document numbers", () => {
  const parts = { areaShort: "浦", authorityCode: "城管", kindWord: "罚决字", year: 2024, seq: 1 };

  it("follow GB/T 9704 by default and the bureau's own pattern when configured", () => {
    expect(formatDocumentNumber(parts)).toBe("浦城管罚决字〔2024〕1号");
    expect(formatDocumentNumber(parts, { ...defaultNumberPattern, withDi: true, padTo: 6 })).toBe(
      "浦城管罚决字〔2024〕第000001号",
    );
    expect(formatDocumentNumber(parts, { pattern: "{yyyy}-{seq:pad}", withDi: false, padTo: 3 })).toBe("2024-001");
  });

  it("stay blank until allocated", () => {
    expect(formatDocumentNumber({ ...parts, year: null, seq: null })).toBe("浦城管罚决字〔　　〕　　　号");
  });

  it("refuse a pattern with an unknown token", () => {
    expect(() => formatDocumentNumber(parts, { ...defaultNumberPattern, pattern: "{机关}" })).toThrow(/Unknown token/);
  });
});

describe("times", () => {
  it("are printed as Shanghai wall clock whatever offset they came with", () => {
    expect(tableTime("2026-11-17T23:59:59.120Z")).toBe("2026-11-18 07:59:59.120+08:00");
    expect(tableTime("2026-11-18T08:00:00+08:00")).toBe("2026-11-18 08:00:00+08:00");
    expect(proseTime("2026-12-31T16:00:00Z")).toBe("2027年1月1日00时00分00秒");
    expect(printDate("2026-02-03")).toBe("2026年2月3日");
    expect(printDate("2026-02-03T20:00:00Z")).toBe("2026年2月4日");
  });

  it("print durations without rounding up", () => {
    expect([printDuration(59.9), printDuration(60), printDuration(3725)]).toEqual(["59秒", "1分00秒", "1小时02分05秒"]);
  });
});

describe("money", () => {
  it.each([
    [500, "人民币伍佰元整（¥500.00）"],
    [1050.5, "人民币壹仟零伍拾元伍角整（¥1,050.50）"],
    [10_500, "人民币壹万零伍佰元整（¥10,500.00）"],
    [105_000, "人民币壹拾万零伍仟元整（¥105,000.00）"],
    [100_000_000, "人民币壹亿元整（¥100,000,000.00）"],
    [0.05, "人民币零元零伍分（¥0.05）"],
    [1_002_003, "人民币壹佰万零贰仟零叁元整（¥1,002,003.00）"],
  ])("%d in capital numerals", (amount, text) => expect(printYuan(amount)).toBe(text));

  it("refuses what is no amount", () => {
    for (const bad of [-1, Number.NaN, 1e13]) expect(() => printYuan(bad)).toThrow(RangeError);
  });
});

it("sizes are exact beside the readable form", () => {
  expect(printBytes(512)).toBe("512 字节");
  expect(printBytes(88_213_504)).toBe("84.13 MiB（88,213,504 字节）");
});
