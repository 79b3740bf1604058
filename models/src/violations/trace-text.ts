import { roleTitles, type TraceItem } from "../scene/index.ts";
import type { Text } from "./define.ts";

const roleText = (list: string | number, language: "zh" | "en"): string =>
  String(list)
    .split(",")
    .map((name) => (name in roleTitles ? roleTitles[name as keyof typeof roleTitles][language] : name))
    .join(language === "zh" ? "、" : ", ");

/** One sentence in each language for one filter of a trace. */
export function traceText({ filter, passed, value, threshold }: TraceItem): Text {
  const sign = passed ? "≥" : "<";
  switch (filter) {
    case "roles":
      return {
        zh: `目标类型：识别为 ${value}，规则要求 ${roleText(threshold, "zh")}`,
        en: `roles: seen as ${value}, the rule asks for ${roleText(threshold, "en")}`,
      };
    case "calendar":
      return {
        zh:
          threshold === "-"
            ? `时段：全天有效（开始于星期 ${value}）`
            : `时段：开始于星期 ${value}，规则时段 ${threshold}`,
        en:
          threshold === "-"
            ? `calendar: always active (began weekday ${value})`
            : `calendar: began weekday ${value}, active ${threshold}`,
      };
    case "contact":
      return {
        zh: `落地位置：接地部分 ${value} 在区域内 ${sign} ${threshold}`,
        en: `zone contact: ${value} of the ground-contact band in the zone ${sign} ${threshold}`,
      };
    case "same_place":
      return {
        zh: `位置不变：${value} 处，框重合度 ≥ ${threshold}`,
        en: `same place: ${value} spot(s), each with box overlap ≥ ${threshold}`,
      };
    case "score":
      return { zh: `置信度：中位数 ${value} ${sign} ${threshold}`, en: `score: median ${value} ${sign} ${threshold}` };
    case "dwell":
      return { zh: `停留：${value} 秒 ${sign} ${threshold} 秒`, en: `dwell: ${value} s ${sign} ${threshold} s` };
    case "grace":
      return {
        zh: `遮挡：最长 ${value} 秒，容许 ${threshold} 秒`,
        en: `occlusion bridged: at most ${value} s, grace ${threshold} s`,
      };
    case "blind":
      return { zh: `盲区时间：${value} 秒，不计入停留`, en: `blind: ${value} s, not counted as dwell` };
  }
}

/** "停留:312 秒 ≥ 300 秒 / dwell: 312 s ≥ 300 s ✓" */
export function traceLine(item: TraceItem): string {
  const { zh, en } = traceText(item);
  return `${item.passed ? "✓" : "✗"} ${zh} / ${en}`;
}
