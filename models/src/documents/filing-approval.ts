import { type CaseFacts, caseFactsSchema } from "./case-facts.ts";
import { defineDocument, frameLayout, unverifiedProvisions } from "./define.ts";
import { leftOutRuns, partyName, printCoordinates, writeFacts } from "./facts-text.ts";
import { createFiller, type Filler } from "./fill.ts";
import { formColumns, handlerRuns, occurredRuns, partyRows, signFoot, wideRow } from "./form-rows.ts";
import { cell, label, note, plain, type Row, type Run, row, slot } from "./layout.ts";
import { printDate, tableTime } from "./print-time.ts";
import { listProvisions } from "./provisions-text.ts";
import { reviewResults } from "./review-facts.ts";
import { sampleCaseFacts } from "./sample-facts.ts";

const facts = caseFactsSchema.pick({
  bureau: true,
  case: true,
  violation: true,
  act: true,
  party: true,
  evidence: true,
  reviews: true,
  corrections: true,
  provisions: true,
  handlers: true,
  dueDates: true,
  modelTextVersion: true,
});
type Facts = Pick<CaseFacts, keyof typeof facts.shape>;

function evidenceRuns({ act, evidence, reviews }: Facts, fill: Filler): Run[][] {
  const review = (
    title: string,
    field: "review.technical" | "review.legal",
    made: Facts["reviews"]["technical"],
  ): Run[] => [
    plain(`${title}：`),
    fill.value(field, made?.result, (result) => reviewResults[result]),
    plain(made?.reviewerName ? `（审核人：${made.reviewerName}${made.at ? `，${tableTime(made.at)}` : ""}）` : ""),
  ];
  const listed = fill.value(
    "evidence",
    evidence.length > 0 ? evidence : null,
    (items) => `共${items.length}项，详见电子证据清单。`,
  );
  if (act.leftOut !== null) return [[listed], leftOutRuns(act, fill)];
  return [
    [listed],
    review("技术审核", "review.technical", reviews.technical),
    review("法制审核", "review.legal", reviews.legal),
  ];
}

const opinion = (title: string, choice: string, role: string, who: Run[] = []): Row =>
  row(
    [
      label(title, { colSpan: 2 }),
      cell(
        [
          ...(who.length > 0 ? [who] : []),
          [plain(`□ 同意${choice}　　□ 不同意${choice}，理由：`), slot("　　　　　　　　")],
        ],
        {
          colSpan: 3,
          foot: signFoot(role),
        },
      ),
    ],
    26,
  );

function dueRuns(dueDates: Facts["dueDates"], fill: Filler): Run[][] {
  if (dueDates.length === 0) return [[fill.blank("dueDates")]];
  return dueDates.map((due, i) => [
    plain(`${due.label}：`),
    fill.value("dueDates", due.dueOn, printDate, i + 1),
    plain(due.basis ? `（${due.basis}）` : ""),
  ]);
}

function formRows(f: Facts, fill: Filler): Row[] {
  const { case: c } = f;
  return [
    wideRow("案由", [[fill.value("case.cause", c.cause)]]),
    wideRow("案件名称", [[partyName(f.party, fill), fill.value("case.cause", c.cause), plain("案")]]),
    row([label("案件来源", { colSpan: 2 }), cell([[fill.value("case.source", c.source)]], { colSpan: 3 })]),
    wideRow("发生时间", [occurredRuns(f, fill)]),
    wideRow("发生地点", [
      [
        fill.value("case.place", c.place),
        plain("（"),
        fill.value("case.coordinates", c.coordinates, printCoordinates),
        plain("）"),
      ],
    ]),
    ...partyRows(f.party, fill),
    wideRow("案情简介", writeFacts(f, fill), 30),
    wideRow("涉嫌违反", listProvisions(f.provisions, "breached", fill)),
    wideRow("处罚依据", listProvisions(f.provisions, "punishing", fill)),
    wideRow("证据及审核", evidenceRuns(f, fill)),
    wideRow("办案期限", dueRuns(f.dueDates, fill)),
    opinion("承办人意见（一）", "立案", "签名", handlerRuns(f.handlers[0], 1, fill)),
    opinion("承办人意见（二）", "立案", "签名", handlerRuns(f.handlers[1], 2, fill)),
    opinion("审核意见", "", "审核人"),
    opinion("审批意见", "立案", "机关负责人"),
  ];
}

/** 立案审批表 (domain F): asks the head to open the case. Opinions stay empty, they belong to people (guard G-30). */
export const filingApproval = defineDocument({
  id: "filing-approval",
  version: "1.0",
  titleZh: "立案审批表",
  titleEn: "Case filing approval",
  kindWord: "立字",
  legalBasis: ["《中华人民共和国行政处罚法》第五十四条第二款", "《中华人民共和国行政处罚法》第四十二条第一款"],
  usedWhen: { zh: "线索符合立案标准，报请立案时", en: "When a clue meets the filing standard and filing is proposed" },
  audience: "internal",
  facts,
  sample: sampleCaseFacts(),
  build(f, options = {}) {
    const fill = createFiller();
    const rows = formRows(f, fill);
    const blocks = [
      { kind: "table", columns: formColumns, header: [], rows } as const,
      note("本表案情由系统依据案件结构化事实生成；意见、签名和日期由有权人员填写。"),
    ];
    const frame = {
      document: this,
      title: this.titleZh,
      density: "form",
      bureau: f.bureau,
      modelTextVersion: f.modelTextVersion,
      options,
    } as const;
    return {
      layout: frameLayout(frame, fill, blocks),
      missing: fill.missing(),
      unverified: unverifiedProvisions(f.provisions),
    };
  },
});
