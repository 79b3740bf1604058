import { expect, test } from "vitest";
import { dayBeginMs } from "./day-begin.ts";
import { clockConditionOf, conditionOf, liveWithinMs, type Suspension } from "./source-condition.ts";
import { unionMs } from "./union-ms.ts";

const nowMs = Date.parse("2026-11-28T02:00:00Z");
const camera = { kind: "fixed", lastLookMs: nowMs - 10_000, liveWithinMs: 120_000, suspension: null };
const suspended = (reason: Suspension["reason"]): Suspension => ({ reason, sinceMs: nowMs - 600_000 });

test.each([
  ["a camera with a fresh look is live", camera, { code: "live", sinceMs: null }],
  ["one that never sent is unseen", { ...camera, lastLookMs: null }, { code: "unseen", sinceMs: null }],
  [
    "one whose newest look is too old is silent since that look",
    { ...camera, lastLookMs: nowMs - 120_001 },
    { code: "silent", sinceMs: nowMs - 120_001 },
  ],
  [
    "exactly at the limit it is still live",
    { ...camera, lastLookMs: nowMs - 120_000 },
    { code: "live", sinceMs: null },
  ],
  [
    "fog makes it blind since the fog",
    { ...camera, suspension: suspended("low_visibility") },
    { code: "blind", sinceMs: nowMs - 600_000 },
  ],
  [
    "a cover makes it blind",
    { ...camera, suspension: suspended("view_blocked") },
    { code: "blind", sinceMs: nowMs - 600_000 },
  ],
  [
    "a turned camera has moved",
    { ...camera, suspension: suspended("view_moved") },
    { code: "moved", sinceMs: nowMs - 600_000 },
  ],
  [
    "silence comes before what was wrong with the last picture",
    { ...camera, lastLookMs: nowMs - 3_600_000, suspension: suspended("view_moved") },
    { code: "silent", sinceMs: nowMs - 3_600_000 },
  ],
  [
    "a drone that is not out is idle, not silent",
    { ...camera, kind: "drone", lastLookMs: nowMs - 3_600_000 },
    { code: "idle", sinceMs: nowMs - 3_600_000 },
  ],
])("%s", (_, source, expected) => {
  expect(conditionOf(source, nowMs)).toEqual(expected);
});

test("a source that is cut into ten-minute clips may be twenty minutes behind; none is doubted within two minutes", () => {
  expect(liveWithinMs(2, 600_000)).toBe(1_210_000);
  expect(liveWithinMs(2, 5_000)).toBe(120_000);
});

test("a clock is judged by its newest comparison with its measuring error, and not at all after a day", () => {
  const sample = { atMs: nowMs - 3_600_000, offsetMs: -900, uncertaintyMs: 100 };
  expect(clockConditionOf(sample, nowMs, 1_000)).toBe("ok");
  expect(clockConditionOf({ ...sample, uncertaintyMs: 101 }, nowMs, 1_000)).toBe("over");
  expect(clockConditionOf({ ...sample, atMs: nowMs - 86_400_001 }, nowMs, 1_000)).toBe("stale");
  expect(clockConditionOf(null, nowMs, 1_000)).toBe("none");
});

test("blind time that several rules report at once counts once, and only within the day", () => {
  const spans = [
    { fromMs: -50, toMs: 10 },
    { fromMs: 5, toMs: 20 },
    { fromMs: 7, toMs: 9 },
    { fromMs: 90, toMs: 200 },
  ];
  expect(unionMs(spans, { fromMs: 0, toMs: 100 })).toBe(30);
  expect(unionMs([], { fromMs: 0, toMs: 100 })).toBe(0);
});

test("a day begins at midnight of the source's own zone", () => {
  const at = Date.parse("2026-11-28T02:03:04.567Z");
  expect(new Date(dayBeginMs(at, "Asia/Shanghai")).toISOString()).toBe("2026-11-27T16:00:00.000Z");
  expect(new Date(dayBeginMs(at, "UTC")).toISOString()).toBe("2026-11-28T00:00:00.000Z");
});
