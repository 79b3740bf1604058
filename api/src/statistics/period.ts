import { AppError } from "@mingcha/models";
import type { StatisticsQuery } from "@mingcha/models/http";
import { addDays, localDay } from "@mingcha/models/profile";
import { type DayWindow, dayWindows, periodDaysMax } from "@mingcha/models/statistics";
import type { Deps } from "../deps.ts";

export interface Period {
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  /** From the first midnight, and up to and not including the last. */
  readonly start: Date;
  readonly end: Date;
  readonly windows: readonly DayWindow[];
  readonly now: Date;
}

const daysByDefault = 30;

/** The days asked for, in the bureau's time zone. Throws BAD_INPUT for days that do not follow one another or are too many. */
export function resolvePeriod(
  deps: Pick<Deps, "profile" | "now">,
  query: Pick<StatisticsQuery, "from" | "to">,
): Period {
  const { timezone } = deps.profile;
  const now = deps.now();
  const to = query.to ?? localDay(now, timezone);
  const from = query.from ?? addDays(to, 1 - daysByDefault);
  if (from > to) throw wrong("开始日期不能晚于结束日期", "the first day must not come after the last");
  if (addDays(from, periodDaysMax - 1) < to)
    throw wrong(`一次最多统计 ${periodDaysMax} 天`, `at most ${periodDaysMax} days at once`);
  const windows = dayWindows(from, to, timezone);
  const start = new Date(windows[0]?.fromMs ?? 0);
  const end = new Date(windows.at(-1)?.toMs ?? 0);
  return { from, to, timezone, start, end, windows, now };
}

const wrong = (zh: string, en: string) => new AppError("BAD_INPUT", { reason: `${zh} / ${en}` });
