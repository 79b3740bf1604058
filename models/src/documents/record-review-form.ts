import { type CaseFacts, caseFactsSchema } from "./case-facts.ts";
import { correctionBlocks } from "./correction-facts.ts";
import { defineDocument, frameLayout, unverifiedProvisions } from "./define.ts";
import { deviceRows } from "./device-rows.ts";
import type { EvidenceItem } from "./evidence-facts.ts";
import { partyName } from "./facts-text.ts";
import { createFiller, type Filler } from "./fill.ts";
import { formColumns, occurredRuns, wideRow } from "./form-rows.ts";
import { type Block, cell, heading, label, note, plain, type Row, row } from "./layout.ts";
import { tableTime } from "./print-time.ts";
import { listProvisions } from "./provisions-text.ts";
import { reviewBlocks } from "./review-rows.ts";
import { sampleCaseFacts } from "./sample-facts.ts";

const facts = caseFactsSchema.pick({
  bureau: true,
  case: true,
  violation: true,
  act: true,
  party: true,
  evidence: true,
  device: true,
  clock: true,
  model: true,
  reviews: true,
  corrections: true,
  provisions: true,
  modelTextVersion: true,
});
type Facts = Pick<CaseFacts, keyof typeof facts.shape>;

function subjectTable(f: Facts, fill: Filler): Block {
  const rows = [
    wideRow("涉嫌行为", [[fill.value("violation.titleZh", f.violation.titleZh)]]),
    wideRow("行为时间", [occurredRuns(f, fill)]),
    wideRow("行为地点", [[fill.value("case.place", f.case.place)]]),
    wideRow("当事人", [[partyName(f.party, fill)]]),
  ];
  return { kind: "table", columns: formColumns, header: [], rows };
}

function itemRow(item: EvidenceItem, fill: Filler): Row {
  return row([
    label(String(item.no)),
    cell([[fill.value("evidence.name", item.name, String, item.no)]]),
    cell([[fill.value("evidence.capturedAt", item.capturedAt, tableTime, item.no)]], { small: true }),
    cell([[fill.value("evidence.sha256", item.sha256, String, item.no)]], { small: true }),
  ]);
}

function recordTable(evidence: readonly EvidenceItem[], fill: Filler): Block {
  const rows =
    evidence.length > 0
      ? evidence.map((item) => itemRow(item, fill))
      : [row([cell([[fill.blank("evidence")]], { colSpan: 4 })])];
  const header = [row([label("序号"), label("记录名称"), label("采集时间"), label("SHA-256 校验值")])];
  return { kind: "table", columns: [0.08, 0.29, 0.24, 0.39], header, rows };
}

function modelBlock(model: Facts["model"]): Block[] {
  if (!model?.id) return [];
  const score = model.score === null ? "" : `，置信度 ${model.score.toFixed(2)}`;
  const threshold = model.threshold === null ? "" : `（阈值 ${model.threshold.toFixed(2)}）`;
  return [
    note(
      `自动识别提示：模型 ${model.id}${model.version ? ` ${model.version}` : ""}${score}${threshold}。自动识别仅作线索提示，不作为认定依据。`,
    ),
  ];
}

function parts(f: Facts, fill: Filler): Block[] {
  const { reviews } = f;
  // what the reviews were about, whether it became evidence or not
  const records = f.act.leftOut?.items ?? f.evidence.filter(({ origin }) => origin === "record");
  const subject = records.length > 0 ? `（共${records.length}项）` : "";
  const law: Block = {
    kind: "table",
    columns: formColumns,
    header: [],
    rows: [
      wideRow("涉嫌违反", listProvisions(f.provisions, "breached", fill)),
      wideRow("处罚依据", listProvisions(f.provisions, "punishing", fill)),
    ],
  };
  return [
    subjectTable(f, fill),
    heading(`一、被审核的电子技术监控记录${subject}`),
    recordTable(records, fill),
    ...modelBlock(f.model),
    heading("二、采集设备情况（以采集时为准）"),
    { kind: "table", columns: formColumns, header: [], rows: deviceRows(f.device, f.clock, fill) },
    heading("三、技术审核"),
    ...reviewBlocks(reviews.technical, "technical", fill),
    heading("四、法制审核"),
    law,
    ...reviewBlocks(reviews.legal, "legal", fill),
    ...correctionBlocks(f.corrections, fill),
  ];
}

/** 电子技术监控记录审核表, or the merged form 二审合一 with both parts (domain F, H.7). A record that did not pass is no evidence. */
export const recordReviewForm = defineDocument({
  id: "record-review-form",
  version: "1.0",
  titleZh: "电子技术监控记录审核表",
  titleEn: "Review of electronic monitoring records",
  kindWord: "审字",
  legalBasis: ["《中华人民共和国行政处罚法》第四十一条第二款", "《上海市浦东新区城市管理领域非现场执法规定》第十条"],
  usedWhen: { zh: "电子技术监控记录作为证据使用之前", en: "Before a monitoring record is used as evidence" },
  audience: "internal",
  facts,
  sample: sampleCaseFacts(),
  build(f, options = {}) {
    const fill = createFiller();
    const merged = f.reviews.mode === "merged";
    const policy: Block[] = merged
      ? [{ kind: "note", runs: [plain("二审合一批准文号："), fill.value("review.policyNo", f.reviews.mergedPolicyNo)] }]
      : [];
    const blocks = [
      ...policy,
      ...parts(f, fill),
      note("未经审核或者经审核不符合要求的记录，不得作为行政处罚的证据（行政处罚法第四十一条第二款）。"),
    ];
    const title = merged ? "电子技术监控记录合并审核表" : this.titleZh;
    const frame = {
      document: this,
      title,
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
