import type { AgreementView, ShareView, StatisticsView } from "@mingcha/models/http";
import { type FigureId, figures, type PrecisionGroup } from "@mingcha/models/statistics";

export type CellValue = string | number | null;
/** One sheet: a head of columns and rows of values, in one language. */
export interface SheetContent {
  readonly figure: FigureId;
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
}
export type Language = "zh" | "en";

const shareColumns = {
  zh: ["计入", "总数", "尚未决定", "不计入", "比例", "95 % 下限", "95 % 上限", "未决全部不利时", "未决全部有利时"],
  en: [
    "Count",
    "Of",
    "Undecided",
    "Left out",
    "Share",
    "95 % low",
    "95 % high",
    "If all undecided against",
    "If all for",
  ],
} as const;

const shareCells = (share: ShareView): CellValue[] => [
  share.count,
  share.total,
  share.undecided,
  share.leftOut,
  share.share,
  share.low,
  share.high,
  share.ifAllAgainst,
  share.ifAllFor,
];

const groupNames: Record<PrecisionGroup, { zh: string; en: string }> = {
  camera: { zh: "摄像机", en: "camera" },
  violation: { zh: "违法行为", en: "violation" },
  hour: { zh: "时段", en: "hour" },
  model: { zh: "模型版本", en: "model version" },
};

const stepNames = {
  technical: { zh: "技术审核", en: "Technical" },
  legal: { zh: "法制审核", en: "Legal" },
  merged: { zh: "二审合一", en: "Merged" },
} as const;

/** Every figure as a sheet; precision once per group. Own figures of the asking person are not in the file: a file is passed on. */
export function makeSheets(
  view: StatisticsView,
  precision: Readonly<Record<PrecisionGroup, StatisticsView["precision"]>>,
  lang: Language,
): SheetContent[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const share = shareColumns[lang];
  const sheet = (
    figure: FigureId,
    columns: readonly string[],
    rows: readonly (readonly CellValue[])[],
    name: string = figures[figure].title[lang],
  ): SheetContent => ({ figure, name: name.slice(0, 31), columns, rows });
  const agreement = (id: "reviews" | "samples", value: AgreementView): SheetContent =>
    sheet(id, [...share, "Cohen's kappa"], [[...shareCells(value), value.kappa]]);
  const { misses } = view;
  return [
    sheet(
      "flow",
      [say("状态代码", "State code"), say("状态", "State"), say("件数", "Clues")],
      view.states.map(({ state, title, count }) => [state, title[lang], count]),
    ),
    ...(["camera", "violation", "hour", "model"] as const).map((group) =>
      sheet(
        "precision",
        [say("代码", "Key"), groupNames[group][lang], ...share],
        precision[group].map((row) => [row.key, row.title[lang], ...shareCells(row)]),
        say(`准确度-${groupNames[group].zh}`, `Precision by ${groupNames[group].en}`),
      ),
    ),
    sheet(
      "reasons",
      [say("状态", "State"), say("理由代码", "Reason code"), say("理由", "Reason"), say("件数", "Clues")],
      view.reasons.map(({ stateTitle, reasonCode, title, count }) => [
        stateTitle[lang],
        reasonCode,
        title[lang],
        count,
      ]),
    ),
    sheet(
      "queues",
      [
        say("队列", "Queue"),
        say("待办", "Open"),
        say("超期", "Overdue"),
        say("最久（秒）", "Oldest (s)"),
        say("中位数（秒）", "Median (s)"),
        say("95 % 位（秒）", "95 % place (s)"),
      ],
      view.queues.map(({ title, open, overdue, oldestS, p50S, p95S }) => [
        title[lang],
        open,
        overdue,
        oldestS,
        p50S,
        p95S,
      ]),
    ),
    sheet(
      "waits",
      [
        say("审核", "Review"),
        say("已审核", "Reviewed"),
        say("等待中", "Waiting"),
        say("中位数（秒）", "Median (s)"),
        say("中位数为“至少”", 'Median is "at least"'),
        say("95 % 位（秒）", "95 % place (s)"),
        say("95 % 位为“至少”", '95 % is "at least"'),
      ],
      view.waits.map(({ step, reviewed, waiting, p50S, p50AtLeast, p95S, p95AtLeast }) => [
        stepNames[step][lang],
        reviewed,
        waiting,
        p50S,
        p50AtLeast ? 1 : 0,
        p95S,
        p95AtLeast ? 1 : 0,
      ]),
    ),
    sheet(
      "review_time",
      [
        say("审核", "Review"),
        say("违法代码", "Violation code"),
        say("违法行为", "Violation"),
        say("审核次数", "Reviews"),
        say("中位数（秒）", "Median (s)"),
        say("90 % 位（秒）", "90 % place (s)"),
      ],
      view.reviewTimes.map(({ step, violation, title, reviews, p50S, p90S }) => [
        stepNames[step][lang],
        violation,
        title?.[lang] ?? say("全部", "All"),
        reviews,
        p50S,
        p90S,
      ]),
    ),
    sheet(
      "known",
      [say("队列", "Queue"), ...share],
      (["technical", "legal"] as const).map((stage) => [stepNames[stage][lang], ...shareCells(view.known[stage])]),
    ),
    ...view.rates.map(({ id, ...rate }) => sheet(id, share, [shareCells(rate)])),
    sheet(
      "watched",
      [
        say("来源编号", "Source id"),
        say("来源", "Source"),
        say("日期", "Day"),
        say("看到（分钟）", "Seen (min)"),
        say("无法观察（分钟）", "Blind (min)"),
        say("没有记录（分钟）", "Not recorded (min)"),
      ],
      view.watched.flatMap(({ sourceId, name, days }) =>
        days.map(({ day, seenMin, blindMin, unrecordedMin }) => [
          sourceId,
          name,
          day,
          seenMin,
          blindMin,
          unrecordedMin,
        ]),
      ),
    ),
    sheet(
      "misses",
      [
        say("抽取次数", "Drawings"),
        say("代表的未报画面", "Unflagged looks stood for"),
        say("已判断", "Judged"),
        say("看到违法", "Violation seen"),
        say("未明", "Unclear"),
        say("抽取后才出线索", "Flagged later"),
        say("比例", "Share"),
        say("95 % 下限", "95 % low"),
        say("95 % 上限", "95 % high"),
        say("未明全部漏报时的上限", "High if all unclear missed"),
        say("画面数下限", "Looks, low"),
        say("画面数上限", "Looks, high"),
      ],
      [
        [
          misses.draws,
          misses.looks,
          misses.judged,
          misses.missed,
          misses.unclear,
          misses.flaggedLater,
          misses.share,
          misses.low,
          misses.high,
          misses.highIfUnclear,
          misses.looksLow,
          misses.looksHigh,
        ],
      ],
    ),
    agreement("reviews", view.agreement.reviews),
    agreement("samples", view.agreement.samples),
    sheet("seeds", share, [shareCells(view.agreement.seeds)]),
  ];
}
