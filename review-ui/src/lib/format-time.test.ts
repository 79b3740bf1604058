import { expect, test } from "vitest";
import { formatInstantExact, formatSpan, wallTimeToInstant } from "./format-time.ts";

test("an instant is written in the source's zone with its offset", () => {
  expect(formatInstantExact("2026-05-01T00:00:04.250Z", "Asia/Shanghai")).toBe("2026-05-01 08:00:04.250 +08:00");
  expect(formatInstantExact("2026-05-01T00:00:04Z", "UTC")).toBe("2026-05-01 00:00:04.000 +00:00");
});

test("a span repeats the date only where it changes", () => {
  const span = (to: string) => formatSpan("2026-05-01T15:59:00Z", to, "Asia/Shanghai");
  expect(span("2026-05-01T15:59:30Z")).toBe("2026-05-01 23:59:00 – 23:59:30 +08:00");
  expect(span("2026-05-01T16:01:00Z")).toBe("2026-05-01 23:59:00 – 2026-05-02 00:01:00 +08:00");
});

test("a wall time becomes the instant at which that zone's clock shows it", () => {
  expect(wallTimeToInstant("2026-05-01T08:00:04", "Asia/Shanghai")).toBe("2026-05-01T00:00:04.000Z");
  expect(wallTimeToInstant("2026-07-01T08:00:00", "Europe/Berlin")).toBe("2026-07-01T06:00:00.000Z");
  expect(wallTimeToInstant("2026-03-29T03:30:00", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
});
