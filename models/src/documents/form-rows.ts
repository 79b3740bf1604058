import type { CaseFacts } from "./case-facts.ts";
import { partyName } from "./facts-text.ts";
import type { Filler } from "./fill.ts";
import { type Block, cell, type Line, label, line, plain, type Row, type Run, row, slot } from "./layout.ts";
import { proseTime, tableTime } from "./print-time.ts";

/** Shares of the five columns of a form: group, label, value, label, value. */
export const formColumns = [0.09, 0.16, 0.3, 0.15, 0.3] as const;

/** Space for a date written by hand. */
export const dateSlot = (): Run[] => [
  slot("　　　"),
  plain("年"),
  slot("　　"),
  plain("月"),
  slot("　　"),
  plain("日"),
];

export const signLine = (role: string): Run[] => [plain(`${role}：`), slot("　　　　　　")];

/** Where the party signs for a paper, and the two who hand it over (送达回证). */
export const receipt = (): Block => ({
  kind: "signature",
  lines: [
    line(signLine("当事人（代理人）签收")),
    line([plain("签收时间："), ...dateSlot()]),
    line([...signLine("送达人（一）"), plain("　"), ...signLine("送达人（二）")]),
  ],
});

/** `from 至 to` for a form cell. */
export function occurredRuns({ case: c }: Pick<CaseFacts, "case">, fill: Filler, prose = true): Run[] {
  const print = prose ? proseTime : tableTime;
  const isInstant = c.occurredFrom !== null && c.occurredFrom === c.occurredTo;
  return [
    fill.value("case.occurredFrom", c.occurredFrom, print),
    ...(isInstant ? [] : [plain("至"), fill.value("case.occurredTo", c.occurredTo, print)]),
    plain(prose ? "（UTC+08:00）" : ""),
  ];
}

/** One label over two columns and one value over the other three. */
export const wideRow = (text: string, lines: readonly (readonly Run[])[], minHeightMm = 9): Row =>
  row([label(text, { colSpan: 2 }), cell(lines, { colSpan: 3 })], minHeightMm);

/** The party in a form: a spanning label and the rows its kind has. */
export function partyRows(party: CaseFacts["party"], fill: Filler): Row[] {
  const pair = (a: string, av: Run, b: string, bv: Run) => [label(a), cell([[av]]), label(b), cell([[bv]])];
  const whole = (a: string, av: Run) => [label(a), cell([[av]], { colSpan: 3 })];
  const rows =
    party.kind === "person"
      ? [
          pair("姓名", partyName(party, fill), "性别", fill.value("party.sex", party.sex)),
          pair("年龄", fill.value("party.age", party.age), "联系电话", fill.value("party.phone", party.phone)),
          whole("身份证件号码", fill.value("party.idNo", party.idNo)),
          whole("住址", fill.value("party.address", party.address)),
        ]
      : party.kind === "unit"
        ? [
            whole("名称", partyName(party, fill)),
            whole("统一社会信用代码", fill.value("party.creditCode", party.creditCode)),
            pair(
              "法定代表人（负责人）",
              fill.value("party.legalRepresentative", party.legalRepresentative),
              "联系电话",
              fill.value("party.phone", party.phone),
            ),
            whole("住所", fill.value("party.address", party.address)),
          ]
        : [
            whole("姓名（名称）", partyName(party, fill)),
            whole("已知线索", fill.value("party.description", party.description)),
          ];
  return rows.map((cells, i) => row(i === 0 ? [label("当事人", { rowSpan: rows.length }), ...cells] : cells));
}

/** `张三（执法证号：0910001）` */
export function handlerRuns(
  handler: CaseFacts["handlers"][number],
  no: number,
  fill: Filler,
  field: "handlers" | "onSite.officer" = "handlers",
): Run[] {
  const [name, badgeNo] =
    field === "handlers"
      ? (["handlers.name", "handlers.badgeNo"] as const)
      : (["onSite.officerName", "onSite.officerBadgeNo"] as const);
  return [
    fill.value(name, handler.name, String, no),
    plain("（执法证号："),
    fill.value(badgeNo, handler.badgeNo, String, no),
    plain("）"),
  ];
}

/** Signature and date, right-aligned, for the foot of an opinion cell. */
export const signFoot = (role: string): Line[] => [line([...signLine(role), plain("　　"), ...dateSlot()], "right")];
