import fc from "fast-check";
import { expect, test } from "vitest";
import { isoInZone } from "../scene/iso-time.ts";
import { activeWindow, type RuleCalendar } from "./active-window.ts";
import { dayFact } from "./day-fact.ts";
import type { Active } from "./schema.ts";

const at = (iso: string): number => Date.parse(iso);
const zone = "Asia/Shanghai";
const calendarOf = (windows: Active[], rests: Partial<RuleCalendar> = {}): RuleCalendar => ({
  windows,
  unless: [],
  permits: [],
  ...rests,
});

test("hours and weekdays are those of the source, not of the server", () => {
  const active = calendarOf([{ days: "1-5", from: "07:00", to: "22:00" }]);
  // 2026-05-01 is a Friday in Shanghai.
  expect(activeWindow(at("2026-05-01T07:00:00+08:00"), active, zone)).toBeDefined();
  expect(activeWindow(at("2026-05-01T06:59:59+08:00"), active, zone)).toBeUndefined();
  expect(activeWindow(at("2026-05-01T22:00:00+08:00"), active, zone)).toBeUndefined();
  expect(activeWindow(at("2026-05-02T12:00:00+08:00"), active, zone)).toBeUndefined();
});

test("a night belongs to the day it starts on", () => {
  const active = calendarOf([{ days: "5", from: "22:00", to: "06:00" }]);
  const evening = activeWindow(at("2026-05-01T23:00:00+08:00"), active, zone);
  expect(evening).toBeDefined();
  expect(activeWindow(at("2026-05-02T05:59:00+08:00"), active, zone)).toBe(evening);
  expect(activeWindow(at("2026-05-02T23:00:00+08:00"), active, zone)).toBeUndefined();
  expect(activeWindow(at("2026-05-01T05:00:00+08:00"), active, zone)).toBeUndefined();
});

test("midnight ends nothing where the hours of two days touch, however they are written", () => {
  const run = (active: RuleCalendar, iso: string): number | undefined => activeWindow(at(`${iso}+08:00`), active, zone);
  const always = [
    calendarOf([{ days: "1-7", from: "00:00", to: "24:00" }]),
    calendarOf([{ days: "1-7", from: "06:00", to: "06:00" }]),
    calendarOf([
      { days: "1-7", holidays: "workdays", from: "00:00", to: "24:00" },
      { days: "1-7", holidays: "restdays", from: "00:00", to: "24:00" },
    ]),
  ];
  for (const active of always) {
    expect(run(active, "2026-05-01T23:59:59")).toBe(0);
    expect(run(active, "2026-05-02T00:00:00")).toBe(0);
  }
  const night = calendarOf([
    { days: "1-7", from: "18:00", to: "24:00" },
    { days: "1-7", from: "00:00", to: "06:00" },
  ]);
  const evening = run(night, "2026-05-01T18:00:00");
  expect(evening).toBeGreaterThan(0);
  expect(run(night, "2026-05-02T05:59:59")).toBe(evening);
  expect(run(night, "2026-05-02T06:00:00")).toBeUndefined();
  expect(run(night, "2026-05-02T18:00:00")).not.toBe(evening);
  const workweek = calendarOf([{ days: "1-5", from: "00:00", to: "24:00" }]);
  const monday = run(workweek, "2026-05-11T00:00:00");
  expect(monday).toBeGreaterThan(0);
  expect(run(workweek, "2026-05-15T23:59:59")).toBe(monday);
  expect(run(workweek, "2026-05-16T00:00:00")).toBeUndefined();
  expect(run(workweek, "2026-05-18T00:00:00")).not.toBe(monday);
});

test("a rest parts a rule that is always on like one without hours", () => {
  const rests = { unless: [{ days: "6", from: "20:00", to: "02:00", note: "夜市" }] };
  for (const iso of ["2026-05-03T02:00:00", "2026-05-06T00:00:00", "2026-05-09T19:59:59", "2026-05-09T20:00:00"])
    expect(
      activeWindow(at(`${iso}+08:00`), calendarOf([{ days: "1-7", from: "00:00", to: "24:00" }], rests), zone),
    ).toBe(activeWindow(at(`${iso}+08:00`), calendarOf([], rests), zone));
});

test("several windows of a day are one run where they touch and two where they do not", () => {
  const active = calendarOf([
    { days: "1-7", from: "07:00", to: "11:00" },
    { days: "1-7", from: "10:00", to: "12:00" },
    { days: "1-7", from: "14:00", to: "18:00" },
  ]);
  const morning = activeWindow(at("2026-05-01T07:30:00+08:00"), active, zone);
  expect(activeWindow(at("2026-05-01T11:59:00+08:00"), active, zone)).toBe(morning);
  expect(activeWindow(at("2026-05-01T12:00:00+08:00"), active, zone)).toBeUndefined();
  const afternoon = activeWindow(at("2026-05-01T14:00:00+08:00"), active, zone);
  expect(afternoon).toBeDefined();
  expect(afternoon).not.toBe(morning);
});

test("make-up workdays are workdays and days off are none, by the State Council's notice for 2026", () => {
  const hours = { days: "1-7", from: "09:00", to: "17:00" };
  const noon = (date: string, holidays: NonNullable<Active["holidays"]>): boolean =>
    activeWindow(at(`${date}T12:00:00+08:00`), calendarOf([{ ...hours, holidays }]), zone) !== undefined;
  // 10 October is a Saturday that is worked, 1 October a Thursday off, 4 October a Sunday of the same holiday, 17 October a Saturday.
  const dates = ["2026-10-10", "2026-10-01", "2026-10-04", "2026-10-17", "2026-10-16"];
  expect(dates.map((date) => noon(date, "workdays"))).toEqual([true, false, false, false, true]);
  expect(dates.map((date) => noon(date, "restdays"))).toEqual([false, true, true, true, false]);
  expect(dates.map((date) => noon(date, "only"))).toEqual([false, true, true, false, false]);
  expect(dates.map((date) => noon(date, "never"))).toEqual([true, false, false, true, true]);
  expect(dates.map((date) => noon(date, "any"))).toEqual([true, true, true, true, true]);
});

test("a night of a holiday goes on into the morning after it", () => {
  const active = calendarOf([{ days: "1-7", holidays: "only", from: "18:00", to: "02:00" }]);
  // 7 October 2026 is the last day off.
  const evening = activeWindow(at("2026-10-07T23:00:00+08:00"), active, zone);
  expect(evening).toBeDefined();
  expect(activeWindow(at("2026-10-08T01:30:00+08:00"), active, zone)).toBe(evening);
  expect(activeWindow(at("2026-10-08T18:30:00+08:00"), active, zone)).toBeUndefined();
});

test("a year without a notice is told by its weekdays alone", () => {
  const active = calendarOf([{ days: "1-7", holidays: "workdays", from: "09:00", to: "17:00" }]);
  // 1 October 2035 is a Monday.
  expect(activeWindow(at("2035-10-01T12:00:00+08:00"), active, zone)).toBeDefined();
  expect(dayFact(Math.floor(at("2035-10-01T12:00:00Z") / 86_400_000)).isKnown).toBe(false);
});

test("a night market lets a rule rest, and what stands after it is another run than what stood before", () => {
  const market = { days: "5-6", from: "18:00", to: "23:00", note: "夜市" };
  const active = calendarOf([{ days: "1-7", from: "07:00", to: "24:00" }], { unless: [market] });
  const before = activeWindow(at("2026-05-01T17:59:00+08:00"), active, zone);
  expect(before).toBeDefined();
  expect(activeWindow(at("2026-05-01T18:00:00+08:00"), active, zone)).toBeUndefined();
  const after = activeWindow(at("2026-05-01T23:00:00+08:00"), active, zone);
  expect(after).toBeDefined();
  expect(after).not.toBe(before);
  expect(activeWindow(at("2026-05-03T20:00:00+08:00"), active, zone)).toBeDefined();
});

test("a rule without hours is one run from one rest to the next, however far apart they are", () => {
  const active = calendarOf([], { unless: [{ days: "6", from: "20:00", to: "02:00", note: "夜市" }] });
  const sunday = activeWindow(at("2026-05-03T02:00:00+08:00"), active, zone);
  for (const later of ["2026-05-03T12:00:00+08:00", "2026-05-06T12:00:00+08:00", "2026-05-09T19:59:59+08:00"])
    expect(activeWindow(at(later), active, zone)).toBe(sunday);
  expect(activeWindow(at("2026-05-09T20:00:00+08:00"), active, zone)).toBeUndefined();
  expect(activeWindow(at("2026-05-10T02:00:00+08:00"), active, zone)).not.toBe(sunday);
});

test("a permit lets a rule rest from instant to instant, only in its own hours where it has some", () => {
  const permit = { from: "2026-05-01T08:00:00+08:00", to: "2026-05-03T12:00:00+08:00", note: "临时占道 2026-17" };
  const whole = calendarOf([], { permits: [permit] });
  expect(activeWindow(at("2026-05-01T07:59:59+08:00"), whole, zone)).toBe(0);
  expect(activeWindow(at("2026-05-02T03:00:00+08:00"), whole, zone)).toBeUndefined();
  expect(activeWindow(at("2026-05-03T12:00:00+08:00"), whole, zone)).toBeGreaterThan(0);
  const evenings = calendarOf([], { permits: [{ ...permit, active: { days: "1-7", from: "18:00", to: "22:00" } }] });
  expect(activeWindow(at("2026-05-02T03:00:00+08:00"), evenings, zone)).toBeDefined();
  expect(activeWindow(at("2026-05-02T19:00:00+08:00"), evenings, zone)).toBeUndefined();
  expect(activeWindow(at("2026-05-03T19:00:00+08:00"), evenings, zone)).toBeDefined();
});

test("the remembered answer is the one that is found anew, whatever order moments come in", () => {
  const make = (): RuleCalendar =>
    calendarOf([{ days: "1-5", holidays: "workdays", from: "06:10", to: "21:50" }], {
      unless: [{ days: "1-7", from: "11:07", to: "11:53", note: "午市" }],
      permits: [{ from: "2026-04-30T09:03:20+08:00", to: "2026-05-06T10:11:12+08:00", note: "许可" }],
    });
  const kept = make();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 14 * 86_400 }), (second) => {
      const atMs = at("2026-04-25T00:00:00+08:00") + second * 1000;
      expect(activeWindow(atMs, kept, zone)).toBe(activeWindow(atMs, make(), zone));
    }),
    { numRuns: 2000 },
  );
});

test("times are written in the zone of the source with its offset", () => {
  expect(isoInZone(at("2026-05-01T00:00:04.250Z"), zone)).toBe("2026-05-01T08:00:04.250+08:00");
  expect(isoInZone(at("2026-01-01T00:00:00Z"), "America/New_York")).toBe("2025-12-31T19:00:00.000-05:00");
  expect(isoInZone(at("2026-07-01T00:00:00Z"), "America/New_York")).toBe("2026-06-30T20:00:00.000-04:00");
});
