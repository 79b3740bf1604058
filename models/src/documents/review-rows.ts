import { legalQuestions, technicalQuestions } from "../clue/checklists.ts";
import type { Filler } from "./fill.ts";
import { signLine } from "./form-rows.ts";
import { type Block, cell, label, plain, type Row, row } from "./layout.ts";
import { tableTime } from "./print-time.ts";
import { checkAnswers, type ReviewFacts, reviewResults } from "./review-facts.ts";

const defaults = { technical: technicalQuestions, legal: legalQuestions } as const;
const notMade: Omit<ReviewFacts, "checklist"> = {
  reviewerName: null,
  badgeNo: null,
  at: null,
  result: null,
  reasons: null,
};

/** Check list and conclusion of one review. A review not made prints the required checks with blank answers. */
export function reviewBlocks(review: ReviewFacts | null, kind: "technical" | "legal", fill: Filler): Block[] {
  const checklist =
    review && review.checklist.length > 0
      ? review.checklist
      : defaults[kind].map(({ id, zh }) => ({ id, label: zh, answer: null, note: null }));
  const { reviewerName, badgeNo, at, result, reasons } = review ?? notMade;
  const title = kind === "technical" ? "技术审核" : "法制审核";
  if (!review) fill.blank(kind === "technical" ? "review.technical" : "review.legal");

  const checks = checklist.map(
    (check, i): Row =>
      row([
        label(String(i + 1)),
        cell([[plain(check.label)]]),
        cell([[fill.value("review.answer", check.answer, (answer) => checkAnswers[answer])]], { align: "center" }),
        cell([[plain(check.note ?? "")]]),
      ]),
  );
  const wide = (text: string, runs: Parameters<typeof cell>[0], min = 9) =>
    row([label(text), cell(runs, { colSpan: 3 })], min);
  const conclusion = [
    wide(`${title}结论`, [[fill.value("review.result", result, (code) => reviewResults[code])]]),
    wide("理由", [[fill.value("review.reasons", reasons)]], 14),
    row([
      label("审核人"),
      cell([
        [
          fill.value("review.reviewerName", reviewerName),
          plain("（执法证号："),
          fill.value("review.badgeNo", badgeNo),
          plain("）"),
        ],
      ]),
      label("审核时间"),
      cell([[fill.value("review.at", at, tableTime)]]),
    ]),
    wide("签名", [signLine("审核人签名")], 11),
  ];
  return [
    {
      kind: "table",
      columns: [0.08, 0.44, 0.22, 0.26],
      header: [row([label("序号"), label("审核项目"), label("结论"), label("说明")])],
      rows: checks,
    },
    { kind: "table", columns: [0.17, 0.38, 0.15, 0.3], header: [], rows: conclusion },
  ];
}
