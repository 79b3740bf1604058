import { expect, test } from "vitest";
import { momentsOf, nearestOf } from "./moments.ts";

const clip = (id: string, durationMs: number, deletedAt: string | null = null) =>
  ({ id, durationMs, deletedAt }) as Parameters<typeof momentsOf>[0]["clips"][number];

test("a flight without a single placed frame can still be gone through, every two seconds of each recording that was not deleted", () => {
  const clips = [clip("a", 5_000), clip("gone", 9_000, "2026-11-27T18:00:00.000Z"), clip("b", 0)];
  const moments = momentsOf({ frames: [], clips });
  expect(moments).toEqual([
    { clipId: "a", offsetMs: 0 },
    { clipId: "a", offsetMs: 2_000 },
    { clipId: "a", offsetMs: 4_000 },
    { clipId: "b", offsetMs: 0 },
  ]);
});

test("the nearest moment is one of the same recording, or none", () => {
  const moments = [
    { clipId: "a", offsetMs: 0 },
    { clipId: "b", offsetMs: 900 },
    { clipId: "a", offsetMs: 3_000 },
  ];
  expect(nearestOf(moments, { clipId: "a", offsetMs: 1_400 })).toBe(0);
  expect(nearestOf(moments, { clipId: "a", offsetMs: 1_600 })).toBe(2);
  expect(nearestOf(moments, { clipId: "c", offsetMs: 0 })).toBe(-1);
});
