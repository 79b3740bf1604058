import { expect, test } from "vitest";
import { weekdaysOf } from "./weekday-text.ts";

test("weekdays are named from Monday on, a week whole has no names", () => {
  expect(weekdaysOf("1-5")).toEqual(["mon", "tue", "wed", "thu", "fri"]);
  expect(weekdaysOf("6-7,1")).toEqual(["mon", "sat", "sun"]);
  expect(weekdaysOf("6-1")).toEqual(["mon", "sat", "sun"]);
  expect(weekdaysOf("1-7")).toBeUndefined();
});
