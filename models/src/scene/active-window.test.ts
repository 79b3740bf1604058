import { expect, test } from "vitest";
import { activeWindow } from "./active-window.ts";
import { isoInZone } from "./iso-time.ts";

const at = (iso: string): number => Date.parse(iso);
const zone = "Asia/Shanghai";

test("hours and weekdays are those of the source, not of the server", () => {
  const active = { days: "1-5", from: "07:00", to: "22:00" };
  // 2026-05-01 is a Friday in Shanghai.
  expect(activeWindow(at("2026-05-01T07:00:00+08:00"), active, zone)).toBeDefined();
  expect(activeWindow(at("2026-05-01T06:59:59+08:00"), active, zone)).toBeUndefined();
  expect(activeWindow(at("2026-05-01T22:00:00+08:00"), active, zone)).toBeUndefined();
  expect(activeWindow(at("2026-05-02T12:00:00+08:00"), active, zone)).toBeUndefined();
});

test("a night belongs to the day it starts on", () => {
  const active = { days: "5", from: "22:00", to: "06:00" };
  const evening = activeWindow(at("2026-05-01T23:00:00+08:00"), active, zone);
  expect(evening).toBeDefined();
  expect(activeWindow(at("2026-05-02T05:59:00+08:00"), active, zone)).toBe(evening);
  expect(activeWindow(at("2026-05-02T23:00:00+08:00"), active, zone)).toBeUndefined();
  expect(activeWindow(at("2026-05-01T05:00:00+08:00"), active, zone)).toBeUndefined();
});

test("the whole day is one window and the next day another", () => {
  const active = { days: "1-7", from: "00:00", to: "24:00" };
  const first = activeWindow(at("2026-05-01T00:00:00+08:00"), active, zone);
  expect(activeWindow(at("2026-05-01T23:59:59+08:00"), active, zone)).toBe(first);
  expect(activeWindow(at("2026-05-02T00:00:00+08:00"), active, zone)).not.toBe(first);
});

test("times are written in the zone of the source with its offset", () => {
  expect(isoInZone(at("2026-05-01T00:00:04.250Z"), zone)).toBe("2026-05-01T08:00:04.250+08:00");
  expect(isoInZone(at("2026-01-01T00:00:00Z"), "America/New_York")).toBe("2025-12-31T19:00:00.000-05:00");
  expect(isoInZone(at("2026-07-01T00:00:00Z"), "America/New_York")).toBe("2026-06-30T20:00:00.000-04:00");
});
