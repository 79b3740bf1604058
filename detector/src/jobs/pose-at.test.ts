import type { PoseSample } from "@mingcha/models/ground";
import { expect, test } from "vitest";
import { poseAt } from "./pose-at.ts";

const sample = (offsetMs: number, longitude: number | null, yaw = 0): PoseSample => ({
  offsetMs,
  longitude,
  latitude: longitude === null ? null : 31,
  heightM: 40,
  gimbalYawDeg: yaw,
  gimbalPitchDeg: -60,
  gimbalRollDeg: null,
});

test("between two samples the position lies on the line, the angles on the shorter way", () => {
  const pose = poseAt([sample(0, 121, 10), sample(1_000, 122, 20)], 750);
  expect(pose).toEqual({ longitude: 121.75, latitude: 31, heightM: 40, yawDeg: 17.5, pitchDeg: -60 });
});

test("a look far from any sample has no pose rather than an invented one", () => {
  expect(poseAt([sample(0, 121)], 10_000)).toBeUndefined();
  expect(poseAt([], 0)).toBeUndefined();
});

test("a sample without a fix gives height and angles but no position", () => {
  expect(poseAt([sample(0, null), sample(1_000, null)], 500)).toEqual({ heightM: 40, yawDeg: 0, pitchDeg: -60 });
});
