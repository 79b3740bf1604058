import { expect, test } from "vitest";
import { addDays, dueDate, isWorkingDay, localDay } from "./due-date.ts";

// A week with a holiday on Wednesday 2026-07-01 and a worked Saturday 2026-07-04, invented for the test.
const calendar = [
  { year: 2026, holidays: ["2026-07-01"], workedWeekends: ["2026-07-04"], source: "test", verified: true },
];

test("the starting day is not counted and working days skip rest days and holidays (APL 85)", () => {
  expect(dueDate({ calendar }, "2026-06-29", 1, "working_day").day).toBe("2026-06-30");
  expect(dueDate({ calendar }, "2026-06-29", 2, "working_day").day).toBe("2026-07-02");
});

test("a worked Saturday counts as a working day", () => {
  expect(isWorkingDay({ calendar }, "2026-07-04")).toBe(true);
  expect(dueDate({ calendar }, "2026-07-02", 2, "working_day").day).toBe("2026-07-04");
});

test("a five-day period over a weekend ends a week later", () => {
  expect(dueDate({ calendar: [] }, "2026-11-20", 5, "working_day").day).toBe("2026-11-27");
});

test("calendar days run through, but a period that ends on a rest day ends on the next working day (CPL 85)", () => {
  expect(dueDate({ calendar }, "2026-07-03", 2, "calendar_day").day).toBe("2026-07-06");
  expect(dueDate({ calendar }, "2026-06-01", 90, "calendar_day").day).toBe("2026-08-31");
});

test("a year without a verified calendar is said to be uncertain", () => {
  expect(dueDate({ calendar }, "2026-06-29", 1, "working_day").certain).toBe(true);
  expect(dueDate({ calendar }, "2026-12-31", 1, "working_day").certain).toBe(false);
  expect(dueDate({ calendar: [{ ...calendar[0]!, verified: false }] }, "2026-06-29", 1, "working_day").certain).toBe(
    false,
  );
});

test("the day of an instant is the day at the place, not in London", () => {
  expect(localDay(new Date("2026-11-20T17:30:00Z"), "Asia/Shanghai")).toBe("2026-11-21");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
});
