import { expect, test } from "vitest";
import { momentsOf, nearestOf } from "./moments.ts";

const clip = (id: string, durationMs: number) =>
  ({ id, durationMs }) as Parameters<typeof momentsOf>[0]["clips"][number];

test("a flight without a single placed frame can still be gone through, every two seconds of each recording", () => {
  const moments = momentsOf({ frames: [], clips: [clip("a", 5_000), clip("b", 0)] });
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
