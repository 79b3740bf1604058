import type { Run } from "@mingcha/models/documents";
import { describe, expect, it } from "vitest";
import { breakLines } from "./break-lines.ts";

/** Chinese characters are 2 wide, others 1. */
const measure = (text: string) => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 255 ? 2 : 1), 0);
const plain = (text: string): Run => ({ text, as: "plain" });
const lines = (runs: Run[], width: number, indent = 0) =>
  breakLines(runs, width, measure, indent).map((line) => line.atoms.map((atom) => atom.text).join(""));

describe("line breaking", () => {
  it("never begins a line with closing punctuation nor ends one with opening", () => {
    expect(lines([plain("一二三四，五六")], 8)).toEqual(["一二三", "四，五六"]);
    expect(lines([plain("一二三（四五）")], 8)).toEqual(["一二三", "（四五）"]);
  });

  it("keeps Latin words whole and divides only what is longer than a line", () => {
    expect(lines([plain("编号 ABC-123")], 8)).toEqual(["编号", "ABC-123"]);
    const hash = "0123456789abcdef".repeat(4);
    const broken = lines([plain(hash)], 20);
    expect(broken.join("")).toBe(hash);
    expect(Math.max(...broken.map(measure))).toBeLessThanOrEqual(20);
  });

  it("keeps a blank in one piece", () => {
    expect(lines([plain("一二三"), { text: "＿＿（待填）", as: "missing" }], 12)).toEqual(["一二三", "＿＿（待填）"]);
  });

  it("ends a line at a line feed and gives an empty text one line", () => {
    expect(lines([plain("一\n二")], 20)).toEqual(["一", "二"]);
    expect(lines([], 20)).toEqual([""]);
  });

  it("is never wider than asked for and loses nothing", () => {
    const text = "甲乙丙（丁，戊）AB-12 己庚；《辛壬》癸：100.00元。".repeat(7);
    for (let width = 6; width < 40; width++) {
      const broken = lines([plain(text)], width, 4);
      expect(broken.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      for (const line of broken.slice(1)) expect(measure(line)).toBeLessThanOrEqual(width);
    }
  });
});
