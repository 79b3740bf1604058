import { z } from "zod";
import { refusal } from "./refusal.ts";

const clockSchema = z
  .string()
  .refine(
    (text) => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text),
    refusal("必须是“07:30”这样的时刻", 'must be a time of day like "07:30"'),
  );
const daysSchema = z
  .string()
  .refine(
    (text) => /^[1-7](-[1-7])?(,[1-7](-[1-7])?)*$/.test(text),
    refusal(
      "必须是“1-5”或“1,3,6-7”这样的星期（1 = 星期一）",
      'must be ISO weekdays like "1-5" or "1,3,6-7" (1 = Monday)',
    ),
  );

/**
 * What China's public holidays do to a window; the day a window starts on decides.
 * `any`: nothing. `only`: days off of a public holiday. `never`: not on these. `workdays`: Monday to Friday and make-up workdays 调休,
 * without days off. `restdays`: every day that is no workday. All of them in addition to `days`.
 */
export const holidayChoices = ["any", "only", "never", "workdays", "restdays"] as const;
export type HolidayChoice = (typeof holidayChoices)[number];

/** Hours of some days, in the source's time zone. `to` before `from` runs over midnight and belongs to the day it starts on. */
export const activeSchema = z.object({
  days: daysSchema.default("1-7"),
  holidays: z.enum(holidayChoices).exactOptional(),
  from: clockSchema,
  to: clockSchema,
});
export type Active = z.infer<typeof activeSchema>;

/** Violations a rest or permit speaks of; left out: every rule that has it. */
const violationsSchema = z.array(z.string().min(1)).min(1).exactOptional();

/** Hours in which rules rest, again and again: a night market, a period in which stalls are allowed. */
export const restSchema = activeSchema.extend({ note: z.string().min(1), violations: violationsSchema });
export type Rest = z.infer<typeof restSchema>;

const instantSchema = z
  .string()
  .refine(
    (text) => z.iso.datetime({ offset: true }).safeParse(text).success,
    refusal(
      "必须是“2026-05-01T08:00:00+08:00”这样的时间",
      'must be a time with its offset like "2026-05-01T08:00:00+08:00"',
    ),
  );

/** A temporary permit: rules rest from one instant to another, only in some hours where `active` says so. */
export const permitSchema = z
  .object({
    from: instantSchema,
    to: instantSchema,
    active: z.union([activeSchema, z.array(activeSchema).min(1)]).exactOptional(),
    violations: violationsSchema,
    /** Its number or who gave it: shown in every trace it bears on. */
    note: z.string().min(1),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    ...refusal("结束早于开始", "ends before it begins"),
    path: ["to"],
  });
export type Permit = z.infer<typeof permitSchema>;
