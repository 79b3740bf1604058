import type { EvidenceView } from "@mingcha/models/http";
import { expect, test } from "vitest";
import { type ClipView, clipAt, isStill, isWholeFrame, type LookView, nearestLook, shownBoxes } from "./looks.ts";

const look = (clipId: string, offsetMs: number) => ({ clipId, offsetMs }) as LookView;
const clip = (id: string, startS: number, durationMs: number, rest: Partial<ClipView> = {}) =>
  ({
    id,
    startedAt: new Date(startS * 1000).toISOString(),
    durationMs,
    widthPx: 1920,
    heightPx: 1080,
    codec: "h264",
    ...rest,
  }) as ClipView;

test("boxes come from the nearest look of the same clip", () => {
  const looks = [look("a", 0), look("a", 2000), look("b", 1100)];
  expect(nearestLook(looks, "a", 1100)?.offsetMs).toBe(2000);
  expect(nearestLook(looks, "a", 900)?.offsetMs).toBe(0);
});

test("a look far away says nothing about the frame", () => {
  expect(nearestLook([look("a", 0)], "a", 20_000)).toBeUndefined();
  expect(nearestLook([look("a", 0)], "b", 0)).toBeUndefined();
});

test("an instant finds its clip and the offset in it", () => {
  const clips = [clip("a", 100, 10_000), clip("b", 110, 10_000)];
  expect(clipAt(clips, 112_500)).toMatchObject({ clip: { id: "b" }, offsetMs: 2500 });
});

test("an instant in a gap finds the end or start that is nearest", () => {
  const clips = [clip("a", 100, 10_000), clip("b", 200, 10_000)];
  expect(clipAt(clips, 120_000)).toMatchObject({ clip: { id: "a" }, offsetMs: 10_000 });
  expect(clipAt(clips, 195_000)).toMatchObject({ clip: { id: "b" }, offsetMs: 0 });
  expect(clipAt([], 0)).toBeUndefined();
});

test("marks lie on whole frames only: nobody knows where in the frame a close-up was", () => {
  const picture = (kind: string, widthPx: number, heightPx: number) =>
    ({ kind, widthPx, heightPx, clipId: "a" }) as EvidenceView;
  const clips = [clip("a", 0, 1000)];
  expect(isWholeFrame(picture("wide", 1280, 720), clips)).toBe(true);
  expect(isWholeFrame(picture("close", 640, 360), clips)).toBe(false);
  expect(isWholeFrame(picture("during", 600, 600), clips)).toBe(false);
});

test("a photo is a clip of one look", () => {
  expect(isStill(clip("a", 0, 0))).toBe(true);
  expect(isStill(clip("a", 0, 40, { codec: "mjpeg" }))).toBe(true);
  expect(isStill(clip("a", 0, 10_000))).toBe(false);
});

test("of several boxes on one thing the best is drawn", () => {
  const box = (score: number, width: number) => ({ role: null, label: "car", score, boxNorm: [0, 0, width, 0.1] });
  const twice = { ...look("a", 0), boxes: [box(0.4, 0.1), box(0.8, 0.11)] } as LookView;
  expect(shownBoxes(twice, [0.9, 0.9, 0.1, 0.1]).shown.map((item) => item.score)).toEqual([0.8]);
});

test("faint boxes are counted instead of drawn, except where the flag is", () => {
  const box = (score: number, x: number) => ({ role: null, label: "car", score, boxNorm: [x, 0.5, 0.1, 0.1] });
  const faint = { ...look("a", 0), boxes: [box(0.9, 0), box(0.1, 0.8), box(0.1, 0.51)] } as LookView;
  const { shown, hidden } = shownBoxes(faint, [0.5, 0.5, 0.1, 0.1]);
  expect(shown.map((item) => item.boxNorm[0])).toEqual([0, 0.51]);
  expect(hidden).toBe(1);
  expect(shownBoxes(undefined, [0, 0, 1, 1])).toMatchObject({ shown: [], hidden: 0 });
});
