import announced from "chinese-days/dist/chinese-days.json" with { type: "json" };
import { dateOf, isoDayOf } from "./local-time.ts";

/** What a day is by the State Council's yearly notice on holidays: `makeup` is a weekend day that is worked 调休. */
export type DayKind = "workday" | "weekend" | "holiday" | "makeup";

export type DayFact = {
  kind: DayKind;
  /** Of the holiday it is, or makes up for. */
  name?: { zh: string; en: string };
  /** False where no notice for its year is at hand: then it is told by its weekday alone. */
  isKnown: boolean;
};

/** "National Day,国庆节,3": English name, Chinese name, statutory days. */
const nameOf = (text: string): { zh: string; en: string } => {
  const [en = text, zh = text] = text.split(",");
  return { zh, en };
};

const holidays = new Map(Object.entries(announced.holidays));
const makeups = new Map(Object.entries(announced.workdays));
const years = new Set([...holidays.keys()].map((date) => date.slice(0, 4)));

/** Years whose notice is in the data: 国务院办公厅关于某年部分节假日安排的通知, as collected by the chinese-days package (MIT). */
export const knownYears: readonly number[] = [...years].map(Number).sort((a, b) => a - b);

/** What a local day is, by its number since 1970-01-01. */
export function dayFact(dayNumber: number): DayFact {
  const date = dateOf(dayNumber);
  const holiday = holidays.get(date);
  if (holiday !== undefined) return { kind: "holiday", name: nameOf(holiday), isKnown: true };
  const makeup = makeups.get(date);
  if (makeup !== undefined) return { kind: "makeup", name: nameOf(makeup), isKnown: true };
  return { kind: isoDayOf(dayNumber) >= 6 ? "weekend" : "workday", isKnown: years.has(date.slice(0, 4)) };
}
