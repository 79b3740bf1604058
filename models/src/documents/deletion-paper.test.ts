import { expect, test } from "vitest";
import { type DeletionPaperItem, deletionPaper } from "./deletion-paper.ts";
import { layoutText } from "./layout-text.ts";

const item: DeletionPaperItem = {
  number: 12,
  kind: "clip",
  name: "cam.mp4",
  sourceName: "示例路球机",
  sha256: "ab".repeat(32),
  sizeBytes: 5_054_120,
  capturedFrom: "2026-10-01T00:00:00.000Z",
  capturedTo: "2026-10-01T00:10:00.000Z",
  class: "public_video",
  basis: "《公共安全视频图像信息系统管理条例》第十七条",
  verified: true,
  ruleVersion: "1.0",
  keepUntil: "2026-10-31T00:10:00.000Z",
  decidedAt: "2026-11-01T00:00:00.000Z",
  machine: "host-1",
  custodySeq: 77,
  bytes: { outcome: "removed", at: "2026-11-01T00:00:01.000Z" },
};
const bureau = { name: "示例局", shortName: "示", authorityCode: "城管" };
const textOf = (items: readonly DeletionPaperItem[], days: { from: string; to: string } | null = null) =>
  layoutText(deletionPaper({ bureau, items, days, printedAt: "2026-11-02T00:00:00.000Z" }));
const marksIn = (text: string): number => text.split("〔未核实〕").length - 1;

test("a certificate says what went, when, why, by which rule and what became of the bytes", () => {
  const text = textOf([item]);
  for (const said of [
    "影像删除证明",
    "000012",
    "cam.mp4",
    item.sha256,
    "公共区域视频",
    "2026年10月31日",
    "第十七条",
    "规则版本 1.0",
    "保管记录第 77 条",
    "存储已清除",
    "5,054,120 字节",
  ])
    expect(text).toContain(said);
  // the note under the table names the mark once
  expect(marksIn(text)).toBe(1);
});

test("a term that nobody verified is marked, bytes that are shared or still there are told as such, and days stand in the first sentence", () => {
  const text = textOf(
    [
      { ...item, class: "rejected_record", verified: false, bytes: null },
      { ...item, number: 13, bytes: { outcome: "shared", at: item.decidedAt } },
    ],
    { from: "2026-11-01", to: "2026-11-30" },
  );
  expect(marksIn(text)).toBe(2);
  expect(text).toContain("存储待清除");
  expect(text).toContain("相同内容另有留存");
  expect(text).toContain("2026年11月1日至2026年11月30日");
  expect(text).toContain("共 2 项");
});
