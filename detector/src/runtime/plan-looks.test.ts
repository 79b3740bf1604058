import type { MediaInfo } from "@mingcha/infra/media";
import type { Scene } from "@mingcha/models/scene";
import { expect, test } from "vitest";
import { completeLooks, forScene, isOtherShape, planLooks, plannedOffsetsMs } from "./plan-looks.ts";

const media: MediaInfo = {
  file: "a.mp4",
  bytes: 1,
  demuxer: "mov",
  isPhoto: false,
  codec: "h264",
  widthPx: 1920,
  heightPx: 1080,
  durationMs: 10_000,
  frameRate: 25,
  frameCount: 250,
  keyframeGapMsMax: 2_000,
  createdAtMs: null,
};

test("keyframes are enough where they come as often as looks are wanted", () => {
  expect(planLooks(media, 2).keyframesOnly).toBe(true);
  expect(planLooks({ ...media, keyframeGapMsMax: 2_040 }, 2).keyframesOnly).toBe(true);
  expect(planLooks(media, 1).keyframesOnly).toBe(false);
  expect(planLooks({ ...media, keyframeGapMsMax: 10_000 }, 5).keyframesOnly).toBe(false);
  expect(planLooks({ ...media, keyframeGapMsMax: null }, 5).keyframesOnly).toBe(false);
});

test("a planned look without a frame is kept as missing with its reason", () => {
  const planned = plannedOffsetsMs(media, { everyMs: 2_000, firstMs: 0 });
  expect(planned).toEqual([0, 2_000, 4_000, 6_000, 8_000]);
  const taken = [0, 1_997, 3_993].map((offsetMs) => ({ offsetMs, detections: [] }));
  const looks = completeLooks(taken, planned, { startMs: 1_000_000, everyMs: 2_000, reason: "decode_failed" });
  expect(looks.map((look) => [look.offsetMs, look.status])).toEqual([
    [0, "seen"],
    [1_997, "seen"],
    [3_993, "seen"],
    [6_000, "missing"],
    [8_000, "missing"],
  ]);
  expect(looks.at(-1)).toMatchObject({ capturedAtMs: 1_008_000, reason: "decode_failed" });
});

test("looks of a picture of another shape than the marked one count as moved, whatever was compared", () => {
  const scene = { calibration: { pictureSize: { widthPx: 1920, heightPx: 1080 } } } as unknown as Scene;
  expect(isOtherShape(media, scene)).toBe(false);
  expect(isOtherShape({ widthPx: 1280, heightPx: 720 }, scene)).toBe(false);
  expect(isOtherShape({ widthPx: 1920, heightPx: 1088 }, scene)).toBe(false);
  expect(isOtherShape({ widthPx: 1280, heightPx: 960 }, scene)).toBe(true);
  expect(isOtherShape({ widthPx: 1080, heightPx: 1920 }, scene)).toBe(true);
  expect(isOtherShape({ widthPx: 1280, heightPx: 960 }, {} as Scene)).toBe(false);
  const taken = [
    { offsetMs: 0, detections: [], view: { verdict: "same", visibility: "low" } as const },
    { offsetMs: 2_000, detections: [] },
  ];
  const clip = { startMs: 0, everyMs: 2_000, reason: "decode_failed" } as const;
  const views = completeLooks(taken, [0, 2_000], { ...clip, otherShape: true }).map((look) =>
    look.status === "seen" ? look.view : null,
  );
  expect(views).toEqual([
    { verdict: "moved", visibility: "low" },
    { verdict: "moved", visibility: "clear" },
  ]);
  expect(completeLooks(taken, [0, 2_000], clip)[1]).not.toHaveProperty("view");
});

test("a photo is planned as one look", () => {
  expect(plannedOffsetsMs({ ...media, isPhoto: true, durationMs: 0 }, { everyMs: 2_000, firstMs: 0 })).toEqual([0]);
});

test("every source is asked what can be seen, and one that hangs still whether its view is the one of its zones, on photos too", () => {
  const asked = (kind: string, isPhoto: boolean) =>
    forScene(planLooks({ ...media, isPhoto }, 2), { source: { kind } } as Scene, null).view;
  for (const isPhoto of [false, true]) {
    for (const kind of ["fixed", "gate"]) expect(asked(kind, isPhoto)).toEqual({ everyMs: 10_000, reference: null });
    for (const kind of ["drone", "patrol", "body", "file", "shared_police"])
      expect(asked(kind, isPhoto)).toEqual({ everyMs: 10_000, moves: true });
  }
});
