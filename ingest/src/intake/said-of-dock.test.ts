import { expect, test } from "vitest";
import { nothingKnown } from "../telemetry/telemetry.ts";
import { compareSaid } from "./said-of-dock.ts";

const nothingSaid = {
  sizeBytes: null,
  longitude: null,
  latitude: null,
  absoluteM: null,
  relativeM: null,
  gimbalYawDeg: null,
  createdText: null,
  fingerprint: null,
};
const clip = {
  startedAt: new Date("2026-11-20T02:40:00Z"),
  startMethod: "telemetry",
  startUncertaintyMs: 1_000,
  durationMs: 42_000,
};
const points = [0, 20_000, 40_000].map((offsetMs) => ({
  ...nothingKnown,
  offsetMs,
  longitude: 121.52,
  latitude: 31.23 + offsetMs / 1e8,
}));
const codes = (said: object, on = points, of = clip) =>
  compareSaid({ ...nothingSaid, ...said }, on, of, "Asia/Shanghai").map(({ code }) => code);

test("a message that says nothing, or what the recording says, is no disagreement", () => {
  expect(codes({})).toEqual([]);
  expect(codes({ longitude: 121.52, latitude: 31.2302 })).toEqual([]);
  // begins, ends, or in UTC with its zone
  for (const createdText of [
    "2026-11-20 10:40:00",
    "2026-11-20 10:40:42",
    "2026-11-20T02:40:10Z",
    "2026-11-20T10:40:10+08:00",
  ])
    expect(codes({ createdText }), createdText).toEqual([]);
});

test("beyond twenty metres of the nearest point, and beyond a minute of the recording, it is told and nothing is changed", () => {
  expect(codes({ longitude: 121.52, latitude: 31.2298 })).toEqual(["message_place_differs"]);
  expect(codes({ longitude: 121.53, latitude: 31.23 })).toEqual(["message_place_differs"]);
  expect(codes({ createdText: "2026-11-20 10:42:00" })).toEqual(["message_time_differs"]);
  expect(codes({ createdText: "2026-11-20 02:40:00" })).toEqual(["message_time_differs"]);
});

test("a height or a direction that no moment of the recording has is told; where the recording has none, nothing is", () => {
  const on = points.map((point, nth) => ({ ...point, heightM: 40 + nth, gimbalYawDeg: 178 + nth }));
  expect(codes({ relativeM: 41.5, gimbalYawDeg: -179 }, on)).toEqual([]);
  expect(codes({ relativeM: 60 }, on)).toEqual(["message_height_differs"]);
  expect(codes({ gimbalYawDeg: 90 }, on)).toEqual(["message_yaw_differs"]);
  expect(codes({ relativeM: 60, gimbalYawDeg: 90, absoluteM: 900, fingerprint: "f" })).toEqual([]);
});

test("where the recording has no place, or the time cannot be read, that is said", () => {
  expect(codes({ longitude: 121.52, latitude: 31.23 }, [])).toEqual(["message_not_compared"]);
  for (const createdText of ["yesterday", "2026-13-45T99:99:99Z", "20/11/2026"])
    expect(codes({ createdText }), createdText).toEqual(["message_not_compared"]);
});

test("a recording that is dated by its arrival confirms no time: within a day that is said, beyond it the two contradict each other", () => {
  const arrived = { ...clip, startMethod: "received", startUncertaintyMs: 86_400_000 };
  for (const createdText of ["2026-11-20 10:40:10", "2026-11-19 14:40:00"])
    expect(codes({ createdText }, points, arrived), createdText).toEqual(["message_not_compared"]);
  expect(codes({ createdText: "2026-11-18 10:40:00" }, points, arrived)).toEqual(["message_time_differs"]);
  expect(
    compareSaid({ ...nothingSaid, createdText: "2026-11-18 10:40:00" }, points, arrived, "Asia/Shanghai"),
  ).toMatchObject([
    { zh: expect.stringMatching(/按到达时间计/), en: expect.stringMatching(/stands under its arrival/) },
  ]);
});

test("a start that may be off by hours hides no difference beyond them, and confirms nothing within", () => {
  const unsure = { ...clip, startMethod: "container", startUncertaintyMs: 28_800_000 };
  expect(codes({ createdText: "2026-11-20 10:40:10" }, points, unsure)).toEqual(["message_not_compared"]);
  expect(codes({ createdText: "2026-11-20 02:30:00" }, points, unsure)).toEqual(["message_time_differs"]);
});
