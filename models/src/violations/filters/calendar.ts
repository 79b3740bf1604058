import {
  type Act,
  type Active,
  activeWindow,
  type DayFact,
  dateOf,
  dayFact,
  localTime,
  minutesOfDay,
  type RuleCalendar,
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

const unknownText = (dayNumber: number): Text => {
  const year = dateOf(dayNumber).slice(0, 4);
  return {
    zh: `节假日未知：没有 ${year} 年的放假安排，按普通日历处理`,
    en: `holidays unknown: no notice for ${year} is at hand, the day is taken by its weekday`,
  };
};

/**
 * The first day without a notice on which a rest or a permit that depends on holidays would bear on an act, were the day what it asks for:
 * with the table at hand the act might have been none, or shorter.
 */
function unknownRestDay(act: Act, { unless, permits }: RuleCalendar, timezone: string): number | undefined {
  const [from, to] = [localTime(act.fromMs, timezone), localTime(act.toMs, timezone)];
  const minuteOf = ({ dayNumber, minutes }: typeof from): number => dayNumber * minutesOfDay + minutes;
  const bears = permits.filter((permit) => Date.parse(permit.from) <= act.toMs && act.fromMs < Date.parse(permit.to));
  const windows = [...unless, ...bears.flatMap(({ active }) => active ?? [])].filter(usesHolidays);
  if (windows.length === 0) return undefined;
  for (let day = from.dayNumber - 1; day <= to.dayNumber; day++) {
    if (dayFact(day).isKnown) continue;
    const isMet = windows.some((window) => {
      const span = spanOn({ ...window, holidays: "any" }, day);
      return span !== undefined && span.from <= minuteOf(to) && minuteOf(from) < span.to;
    });
    if (isMet) return day;
  }
  return undefined;
}

/**
 * Hours, weekdays and public holidays. Looks outside of them were never watched; the beginning of the act is checked once more here.
 * A rule, a rest or a permit that depends on holidays in a year without a notice takes days by their weekday, says so, and leaves the
 * question to a person (house choice: a missing table must neither stop enforcement nor decide it).
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
    const unknownDay =
      !fact.isKnown && windows.some(usesHolidays)
        ? startDay
        : place.active && unknownRestDay(act, place.active, timezone);
    const note = unknownDay === undefined ? dayText(fact) : unknownText(unknownDay);
    return {
      passed: activeWindow(act.fromMs, place.active, timezone) !== undefined,
      value: weekdayClock(isoDay, minutes),
      threshold: windows.map(windowText).join("; ") || "-",
      ...(note === undefined ? {} : { note }),
      ...(unknownDay !== undefined ? { toJudge: "holiday" } : {}),
    };
  },
};
