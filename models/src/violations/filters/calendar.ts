import {
  type Active,
  activeWindow,
  type DayFact,
  dateOf,
  dayFact,
  localTime,
  minutesOfDay,
  spanOn,
} from "../../scene/index.ts";
import type { Text } from "../define.ts";
import type { Filter } from "./define.ts";

/** "5 08:30": ISO weekday and wall clock. */
const weekdayClock = (isoDay: number, minutes: number): string => {
  const whole = Math.floor(minutes);
  return `${isoDay} ${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
};

const windowText = ({ days, from, to, holidays }: Active): string =>
  `${days} ${from}-${to}${holidays === undefined || holidays === "any" ? "" : ` ${holidays}`}`;

const usesHolidays = ({ holidays }: Active): boolean => holidays !== undefined && holidays !== "any";

const dayText = ({ kind, name }: DayFact): Text | undefined => {
  if (kind === "holiday") return { zh: `${name?.zh ?? "节假日"}放假`, en: `public holiday (${name?.en ?? ""})` };
  if (kind === "makeup")
    return { zh: `${name?.zh ?? "节假日"}调休上班`, en: `make-up workday (${name?.en ?? "holiday"})` };
  return undefined;
};

/**
 * Hours, weekdays and public holidays. Looks outside of them were never watched; the beginning of the act is checked once more here.
 * A rule that depends on holidays in a year without a notice takes days by their weekday, says so, and leaves the question to a person
 * (house choice: a missing table must neither stop enforcement nor decide it).
 */
export const calendarFilter: Filter = {
  name: "calendar",
  applies: () => true,
  judge(act, place, { scene }) {
    const { timezone } = scene.source;
    const { isoDay, minutes, dayNumber } = localTime(act.fromMs, timezone);
    const windows = place.active?.windows ?? [];
    const now = dayNumber * minutesOfDay + minutes;
    // The day a window starts on decides: after midnight that is the day before.
    const startDay =
      [dayNumber - 1, dayNumber].find((day) =>
        windows.some((window) => {
          const span = spanOn(window, day);
          return span !== undefined && span.from <= now && now < span.to;
        }),
      ) ?? dayNumber;
    const fact = dayFact(startDay);
    const isUnknown = !fact.isKnown && windows.some(usesHolidays);
    const year = dateOf(startDay).slice(0, 4);
    const note: Text | undefined = isUnknown
      ? {
          zh: `节假日未知：没有 ${year} 年的放假安排，按普通日历处理`,
          en: `holidays unknown: no notice for ${year} is at hand, the day is taken by its weekday`,
        }
      : dayText(fact);
    return {
      passed: activeWindow(act.fromMs, place.active, timezone) !== undefined,
      value: weekdayClock(isoDay, minutes),
      threshold: windows.map(windowText).join("; ") || "-",
      ...(note === undefined ? {} : { note }),
      ...(isUnknown ? { toJudge: "holiday" } : {}),
    };
  },
};
