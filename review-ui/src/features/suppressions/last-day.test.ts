import { expect, test } from "vitest";
import { dayOf, endOfDay, mayEndOn } from "./last-day.ts";

const offer = { timezone: "Asia/Shanghai", latestUntil: "2026-12-20T08:00:00.000Z" };
const nowMs = Date.parse("2026-09-21T08:00:00Z");

test("a day ends where the camera stands, not where the reader sits", () => {
  expect(endOfDay("2026-12-20", "Asia/Shanghai")).toBe("2026-12-20T15:59:59.000Z");
  expect(endOfDay("2026-12-20", "Europe/Paris")).toBe("2026-12-20T22:59:59.000Z");
  expect(dayOf("2026-12-19T16:30:00.000Z", "Asia/Shanghai")).toBe("2026-12-20");
});

test("only days are offered that the server accepts: today still, the last one while all of it lies in the term", () => {
  expect(mayEndOn("2026-09-20", offer, nowMs)).toBe(false);
  expect(mayEndOn("2026-09-21", offer, nowMs)).toBe(true);
  expect(mayEndOn("2026-12-19", offer, nowMs)).toBe(true);
  expect(mayEndOn("2026-12-20", offer, nowMs)).toBe(false);
});
