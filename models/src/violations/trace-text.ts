import { type FilterName, roleTitles, type TraceItem } from "../scene/index.ts";
import type { Text, Violation } from "./define.ts";

const roleText = (list: string | number, language: "zh" | "en"): string =>
  String(list)
    .split(",")
    .map((name) => (name in roleTitles ? roleTitles[name as keyof typeof roleTitles][language] : name))
    .join(language === "zh" ? "、" : ", ");

const holidayWords: Record<string, Text> = {
  only: { zh: "仅节假日放假日", en: "public holidays only" },
  never: { zh: "节假日放假日除外", en: "not on public holidays" },
  workdays: { zh: "工作日（含调休上班日）", en: "workdays (make-up days included)" },
  restdays: { zh: "休息日和节假日", en: "rest days and public holidays" },
};

/** ISO weekdays, Monday first. */
const weekdays: readonly Text[] = [
  { zh: "周一", en: "Monday" },
  { zh: "周二", en: "Tuesday" },
  { zh: "周三", en: "Wednesday" },
  { zh: "周四", en: "Thursday" },
  { zh: "周五", en: "Friday" },
  { zh: "周六", en: "Saturday" },
  { zh: "周日", en: "Sunday" },
];
const dayName = (isoDay: string, language: "zh" | "en"): string => weekdays[Number(isoDay) - 1]?.[language] ?? isoDay;

/** "5 08:30" as it is said: the number stands for its day. */
const clockText = (clock: string | number, language: "zh" | "en"): string =>
  String(clock).replace(/^[1-7](?= )/, (day) => dayName(day, language));

/** "1-5,7 07:00-22:00 workdays; 6 08:00-12:00" as it is said. */
const hoursText = (hours: string | number, language: "zh" | "en"): string =>
  String(hours)
    .replace(/[a-z]+/g, (word) => holidayWords[word]?.[language] ?? word)
    .replace(/(?<![\d:-])[1-7](?:[-,][1-7])*(?= \d)/g, (days) =>
      days === "1-7"
        ? { zh: "每天", en: "every day" }[language]
        : days
            .replace(/[1-7]/g, (day) => dayName(day, language))
            .replaceAll("-", language === "zh" ? "至" : " to ")
            .replaceAll(",", language === "zh" ? "、" : ", "),
    );

type Line = Pick<TraceItem, "passed" | "value" | "threshold">;

/** How each filter says what it measured. */
const sentences: Record<FilterName, (line: Line, sign: "≥" | "<") => Text> = {
  roles: ({ value, threshold }) => ({
    zh: `目标类型：识别为 ${roleText(value, "zh")}，规则要求 ${roleText(threshold, "zh")}`,
    en: `roles: seen as ${roleText(value, "en")}, the rule asks for ${roleText(threshold, "en")}`,
  }),
  calendar: ({ value, threshold }) =>
    threshold === "-"
      ? {
          zh: `时段：全天有效（开始于${clockText(value, "zh")}）`,
          en: `calendar: always active (began ${clockText(value, "en")})`,
        }
      : {
          zh: `时段：开始于${clockText(value, "zh")}，规则时段 ${hoursText(threshold, "zh")}`,
          en: `calendar: began ${clockText(value, "en")}, active ${hoursText(threshold, "en")}`,
        },
  permit: ({ value, threshold }) => ({
    zh: `许可：登记 ${threshold} 项，当时有效 ${value} 项`,
    en: `permits: ${threshold} on file, ${value} in force at the time`,
  }),
  exempt: ({ passed, value, threshold }) => ({
    zh: `豁免区域：占地部分最少 ${value} 在其中 ${passed ? "<" : "≥"} ${threshold}`,
    en: `exempt zones: at least ${value} of the ground it takes inside ${passed ? "<" : "≥"} ${threshold}`,
  }),
  contact: ({ value, threshold }, sign) => ({
    zh: `落地位置：占地部分 ${value} 在区域内 ${sign} ${threshold}`,
    en: `zone contact: ${value} of the ground it takes in the zone ${sign} ${threshold}`,
  }),
  beyond: ({ value, threshold }) =>
    typeof value === "string"
      ? {
          zh: `超出门线：未作距离认定（规则要求 ≥ ${threshold} 米）`,
          en: `beyond the door line: no distance is stated (the rule asks for ≥ ${threshold} m)`,
        }
      : {
          zh: `超出门线：至少 ${value} 米 ${value >= Number(threshold) ? "≥" : "<"} ${threshold} 米`,
          en: `beyond the door line: at least ${value} m ${value >= Number(threshold) ? "≥" : "<"} ${threshold} m`,
        },
  same_place: ({ value, threshold }) => ({
    zh: `位置不变：${value} 处，框重合度 ≥ ${threshold}`,
    en: `same place: ${value} spot(s), each with box overlap ≥ ${threshold}`,
  }),
  count: ({ value, threshold }, sign) => ({
    zh: `数量：同时停留 ${value} 个 ${sign} ${threshold} 个`,
    en: `count: ${value} together ${sign} ${threshold}`,
  }),
  score: ({ value, threshold }, sign) => ({
    zh: `置信度：中位数 ${value} ${sign} ${threshold}`,
    en: `score: median ${value} ${sign} ${threshold}`,
  }),
  dwell: ({ value, threshold }, sign) => ({
    zh: `停留：${value} 秒 ${sign} ${threshold} 秒`,
    en: `dwell: ${value} s ${sign} ${threshold} s`,
  }),
  grace: ({ value, threshold }) => ({
    zh: `遮挡：最长 ${value} 秒，容许 ${threshold} 秒`,
    en: `occlusion bridged: at most ${value} s, grace ${threshold} s`,
  }),
  blind: ({ value }) => ({
    zh: `盲区时间：${value} 秒，不计入停留`,
    en: `blind: ${value} s, not counted as dwell`,
  }),
  visibility: ({ value }) => ({
    zh: `看不清的时间：${value} 秒，按盲区处理`,
    en: `could not see: ${value} s, taken as blind`,
  }),
};

/** One sentence in each language for one filter of a trace, with what bears on this act in particular. */
export function traceText({ filter, note, toJudge, ...line }: TraceItem): Text {
  const { zh, en } = sentences[filter](line, line.passed ? "≥" : "<");
  const judge = toJudge === undefined ? { zh: "", en: "" } : { zh: "；由人判断", en: "; to be judged by a person" };
  return {
    zh: `${zh}${note === undefined ? "" : `（${note.zh}）`}${judge.zh}`,
    en: `${en}${note === undefined ? "" : ` (${note.en})`}${judge.en}`,
  };
}

/** "✓ 停留：312 秒 ≥ 300 秒 / dwell: 312 s ≥ 300 s"; "?" where the filter could not decide. */
export function traceLine(item: TraceItem): string {
  const { zh, en } = traceText(item);
  return `${item.toJudge !== undefined ? "?" : item.passed ? "✓" : "✗"} ${zh} / ${en}`;
}

/** What a person is asked where a filter could not decide. */
const openQuestions: Record<string, Text> = {
  distance: {
    zh: "物品超出门线的距离机器未作认定，由人测量或判断",
    en: "how far it reaches beyond the door line was not stated: to be measured or judged by a person",
  },
  holiday: {
    zh: "该年放假安排未录入，当日是否节假日由人核对",
    en: "the holiday notice of that year is not at hand: a person checks whether the day was a holiday",
  },
};

/** The questions to a person about an act, by attribute: those of its violation and those its filters left open. */
export function judgeQuestions(violation: Violation | undefined, trace: readonly TraceItem[]): Record<string, Text> {
  const own = (violation?.judgedByPerson ?? []).map(({ attribute, question }) => [attribute, question] as const);
  const open = trace.flatMap(({ toJudge }) => {
    const question = toJudge === undefined ? undefined : openQuestions[toJudge];
    return toJudge === undefined || question === undefined ? [] : [[toJudge, question] as const];
  });
  return Object.fromEntries([...own, ...open].map(([attribute, question]) => [attribute, { ...question }]));
}
