import { type CaseFacts, caseFactsSchema } from "./case-facts.ts";
import { defineDocument, frameLayout } from "./define.ts";
import { type EvidenceItem, evidenceKinds, pictureId } from "./evidence-facts.ts";
import { leftOutRuns, partyName } from "./facts-text.ts";
import { createFiller, type Filler } from "./fill.ts";
import { dateSlot, handlerRuns, signLine } from "./form-rows.ts";
import { type Block, cell, heading, label, line, note, plain, type Row, row } from "./layout.ts";
import { printBytes } from "./print-bytes.ts";
import { printDuration, tableTime } from "./print-time.ts";
import { sampleCaseFacts } from "./sample-facts.ts";

const facts = caseFactsSchema.pick({
  bureau: true,
  case: true,
  act: true,
  party: true,
  evidence: true,
  handlers: true,
  modelTextVersion: true,
});
type Facts = Pick<CaseFacts, keyof typeof facts.shape>;

const columns = [0.08, 0.22, 0.2, 0.28, 0.22];

const header: Row[] = [
  row([label("序号"), label("名称、种类"), label("来源"), label("制作方法、时间、人员"), label("证明对象")]),
];

/** Two rows for one item: what it is, and below it, over the whole width, what identifies its bytes. */
function itemRows(item: EvidenceItem, fill: Filler): Row[] {
  const { no } = item;
  const size = [
    ...(item.origin === "place"
      ? []
      : [plain("设备编号："), fill.value("evidence.deviceId", item.deviceId, String, no), plain("　")]),
    plain("大小："),
    fill.value("evidence.sizeBytes", item.sizeBytes, printBytes, no),
    plain(item.durationS === null ? "" : `　时长：${printDuration(item.durationS)}`),
    plain("　存放："),
    fill.value("evidence.storedAt", item.storedAt, String, no),
  ];
  const hash = [plain("SHA-256："), fill.value("evidence.sha256", item.sha256, String, no)];
  const parent = item.parentSha256 === null ? [] : [[plain(`原件 SHA-256：${item.parentSha256}`)]];
  const remark = item.remark === null ? [] : [[plain(`来源说明：${item.remark}`)]];
  return [
    row([
      label(String(no), { rowSpan: 2 }),
      cell([
        [fill.value("evidence.name", item.name, String, no)],
        [plain("〔"), fill.value("evidence.kind", item.kind, (kind) => evidenceKinds[kind], no), plain("〕")],
      ]),
      cell([[fill.value("evidence.sourceName", item.sourceName, String, no)]]),
      cell([
        [fill.value("evidence.method", item.method, String, no)],
        [fill.value("evidence.capturedAt", item.capturedAt, tableTime, no)],
        [fill.value("evidence.madeBy", item.madeBy, String, no)],
      ]),
      cell([[fill.value("evidence.proves", item.proves, String, no)]]),
    ]),
    row([cell([hash, ...parent, size, ...remark], { colSpan: 4, small: true })], 6),
  ];
}

function pictures(evidence: readonly EvidenceItem[]): Block[] {
  const shown = evidence.filter((item) => item.picture);
  if (shown.length === 0) return [];
  const slots = shown.map(
    (item): Block => ({
      kind: "picture",
      id: pictureId(item),
      heightMm: 84,
      caption: [plain(`证据${item.no}　${item.name ?? ""}${item.capturedAt ? `　${tableTime(item.capturedAt)}` : ""}`)],
    }),
  );
  return [{ kind: "page-break" }, heading("附：证据图片（打印件，以电子原件为准）"), ...slots];
}

function signatures(f: Facts, fill: Filler): Block {
  return {
    kind: "signature",
    lines: [
      ...f.handlers.map((handler, i) =>
        line([plain("承办人："), ...handlerRuns(handler, i + 1, fill), plain("　"), ...signLine("签名")]),
      ),
      line([...signLine("证据持有人（当事人）"), plain("　"), ...signLine("拒签原因及见证人")]),
      line(dateSlot(), "right"),
    ],
  };
}

/** 非现场证据固定笔录所附的电子证据清单 (domain F). Long lists break between items, the head row is repeated. */
export const evidenceList = defineDocument({
  id: "evidence-list",
  version: "1.1",
  titleZh: "电子证据清单",
  titleEn: "List of electronic evidence",
  kindWord: "证字",
  legalBasis: [
    "《中华人民共和国行政处罚法》第四十一条、第四十六条",
    "《最高人民法院关于行政诉讼证据若干问题的规定》第十二条",
  ],
  usedWhen: { zh: "固定非现场证据并随案移送时", en: "When remote evidence is fixed and goes with the case" },
  audience: "internal",
  facts,
  sample: sampleCaseFacts(),
  build(f, options = {}) {
    const fill = createFiller();
    const rows =
      f.evidence.length > 0
        ? f.evidence.flatMap((item) => itemRows(item, fill))
        : [row([cell([[fill.blank("evidence")]], { colSpan: 5 })])];
    const head = [
      row([
        label("案由"),
        cell([[fill.value("case.cause", f.case.cause)]]),
        label("案件编号"),
        cell([[fill.value("case.number", f.case.number)]]),
      ]),
      row([
        label("当事人"),
        cell([[partyName(f.party, fill)]]),
        label("证据数量"),
        cell([[plain(`${f.evidence.length}项`)]]),
      ]),
    ];
    const blocks: Block[] = [
      { kind: "table", columns: [0.14, 0.41, 0.15, 0.3], header: [], rows: head },
      { kind: "table", columns, header, rows },
      ...(f.act.leftOut === null ? [] : [{ kind: "note", runs: leftOutRuns(f.act, fill) } as const]),
      note("时间均为北京时间（UTC+08:00）。校验值由系统在接收原始文件时计算；派生件载明其原件校验值。"),
      signatures(f, fill),
      ...pictures(f.evidence),
    ];
    const frame = {
      document: this,
      title: this.titleZh,
      density: "form",
      bureau: f.bureau,
      modelTextVersion: f.modelTextVersion,
      options,
    } as const;
    return { layout: frameLayout(frame, fill, blocks), missing: fill.missing(), unverified: [] };
  },
});
