import { type RetentionClass, retentionClasses } from "../retention/classes.ts";
import { frameLayout } from "./define.ts";
import { createFiller } from "./fill.ts";
import { dateSlot, signLine } from "./form-rows.ts";
import { cell, type Layout, label, line, note, paragraph, plain, type Row, row, strong } from "./layout.ts";
import { printBytes } from "./print-bytes.ts";
import { printDate, tableTime } from "./print-time.ts";

export interface DeletionPaperItem {
  readonly number: number;
  readonly kind: "clip" | "picture" | "small_picture";
  readonly name: string;
  readonly sourceName: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly capturedFrom: string;
  readonly capturedTo: string;
  readonly class: RetentionClass;
  readonly basis: string;
  readonly verified: boolean;
  readonly ruleVersion: string;
  readonly keepUntil: string;
  readonly decidedAt: string;
  readonly machine: string;
  readonly custodySeq: number;
  readonly bytes: { readonly outcome: "removed" | "shared"; readonly at: string } | null;
}

export interface DeletionPaperFacts {
  readonly bureau: {
    readonly name: string | null;
    readonly shortName: string | null;
    readonly authorityCode: string | null;
  };
  readonly items: readonly DeletionPaperItem[];
  /** Days of the deletions, both included; null: one certificate. */
  readonly days: { readonly from: string; readonly to: string } | null;
  readonly printedAt: string;
}

const kinds = { clip: "视频原件", picture: "证据图片", small_picture: "小图" } as const;
const document = { id: "deletion-certificate", version: "1.0", kindWord: "删字" } as const;

const bytesText = (bytes: DeletionPaperItem["bytes"]): string => {
  if (bytes === null) return "存储待清除";
  return bytes.outcome === "removed" ? `存储已清除 ${tableTime(bytes.at)}` : "相同内容另有留存，存储保留";
};

function itemRows(item: DeletionPaperItem): Row[] {
  const { zh } = retentionClasses[item.class];
  return [
    row([
      label(String(item.number).padStart(6, "0"), { rowSpan: 2 }),
      cell([[plain(`${kinds[item.kind]} ${item.name}`)], [plain(item.sourceName)]]),
      cell([[plain(tableTime(item.capturedFrom))], [plain(`至 ${tableTime(item.capturedTo)}`)]]),
      cell([
        [plain(zh), ...(item.verified ? [] : [{ text: "〔未核实〕", as: "unverified" as const }])],
        [plain(`保存至 ${printDate(item.keepUntil)}`)],
      ]),
      cell([[plain(tableTime(item.decidedAt))], [plain(bytesText(item.bytes))]]),
    ]),
    row(
      [
        cell(
          [
            [plain(`SHA-256：${item.sha256}　大小：${printBytes(item.sizeBytes)}`)],
            [
              plain(
                `依据：${item.basis}　规则版本 ${item.ruleVersion}　执行：${item.machine}　保管记录第 ${item.custodySeq} 条`,
              ),
            ],
          ],
          { colSpan: 4, small: true },
        ),
      ],
      6,
    ),
  ];
}

/** 影像删除证明: what was deleted when its time was over, one paper for one certificate or for all of some days. No document of a case. */
export function deletionPaper(facts: DeletionPaperFacts): Layout {
  const fill = createFiller();
  const { items, days } = facts;
  const total = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const said =
    days === null
      ? "下列影像保存期限届满，且无线索、案件、复看、抽查或者依法保全需要继续保存，已由系统按规定删除："
      : `${printDate(days.from)}至${printDate(days.to)}，下列影像保存期限届满，且无线索、案件、复看、抽查或者依法保全需要继续保存，已由系统按规定删除：`;
  const header = [
    row([label("证明号"), label("名称、来源"), label("录制时间"), label("类别、期限"), label("删除时间、存储")]),
  ];
  return frameLayout(
    {
      document,
      title: "影像删除证明",
      density: "form",
      bureau: facts.bureau,
      modelTextVersion: null,
      options: { stage: "signed" },
    },
    fill,
    [
      paragraph([plain(said)]),
      {
        kind: "table",
        columns: [0.12, 0.24, 0.22, 0.2, 0.22],
        header,
        rows: items.flatMap(itemRows),
      },
      paragraph([strong(`共 ${items.length} 项，${printBytes(total)}。`)]),
      note(
        "时间均为北京时间（UTC+08:00）。本证明由系统依据保管记录生成，记录首尾相接、不可更改；影像的名称、时间、大小和校验值继续保存，影像内容不能恢复。标有〔未核实〕的期限为内部规则，尚待法制部门核实。",
      ),
      {
        kind: "signature",
        lines: [
          line([...signLine("经办"), plain("　"), ...signLine("复核")]),
          line([plain(`打印时间：${tableTime(facts.printedAt)}`)], "right"),
          line(dateSlot(), "right"),
        ],
      },
    ],
  );
}
