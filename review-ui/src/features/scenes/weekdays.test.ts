import { expect, test } from "vitest";
import { daysOf, daysText } from "./weekdays.ts";

test("days and their text say the same, in runs", () => {
  for (const text of ["1-7", "1-5", "1,3,6-7", "2"]) expect(daysText(daysOf(text))).toBe(text);
  expect(daysText([7, 1, 2, 2])).toBe("1-2,7");
  expect(daysOf("1-3,6")).toEqual([1, 2, 3, 6]);
});
