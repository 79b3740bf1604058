import { z } from "zod";
import { textFact, timeFact } from "./facts-basics.ts";
import type { Filler } from "./fill.ts";
import { type Block, cell, heading, label, plain, type Run, row } from "./layout.ts";
import { tableTime } from "./print-time.ts";

/** One fact that a reviewer corrected: the case uses the new value, its papers name the old one. */
export const correctionFactSchema = z.object({
  label: z.string().trim().min(1),
  /** Null: the record said nothing of it before. */
  oldText: textFact,
  newText: z.string().trim().min(1),
  reason: z.string().trim().min(1),
  note: textFact,
  reviewerName: textFact,
  badgeNo: textFact,
  at: timeFact,
});
export type CorrectionFact = z.infer<typeof correctionFactSchema>;

/** “经审核更正：地点由“甲”更正为“乙”。” Whoever reads the facts reads that one of them was another before. */
export function correctionRuns(corrections: readonly CorrectionFact[]): Run[] {
  if (corrections.length === 0) return [];
  const said = corrections.map(({ label: name, oldText, newText }) =>
    oldText === null ? `${name}补正为“${newText}”` : `${name}由“${oldText}”更正为“${newText}”`,
  );
  return [plain(`经审核更正：${said.join("；")}。`)];
}

/** The corrections of a record for its review form, nothing where there are none. */
export function correctionBlocks(corrections: readonly CorrectionFact[], fill: Filler): Block[] {
  if (corrections.length === 0) return [];
  const rows = corrections.map((item) =>
    row([
      cell([[plain(item.label)]]),
      cell([[plain(item.oldText ?? "（原记录未载明）")]]),
      cell([[plain(item.newText)]]),
      cell([[plain(`${item.reason}${item.note ? `：${item.note}` : ""}`)]]),
      cell(
        [
          [fill.value("review.reviewerName", item.reviewerName), plain(item.badgeNo ? `（${item.badgeNo}）` : "")],
          [fill.value("review.at", item.at, tableTime)],
        ],
        { small: true },
      ),
    ]),
  );
  const header = [row([label("更正项目"), label("原值"), label("更正后"), label("理由"), label("更正人、时间")])];
  return [heading("审核中的更正"), { kind: "table", columns: [0.13, 0.22, 0.22, 0.23, 0.2], header, rows }];
}
