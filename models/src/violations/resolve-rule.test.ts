import { expect, test } from "vitest";
import type { Look, SceneInput } from "../scene/index.ts";
import { readScene } from "./check-scene.ts";
import { evaluateScene } from "./evaluate-scene.ts";
import { watchedPlaces } from "./resolve-rule.ts";

const startMs = Date.parse("2026-05-08T08:00:00+08:00");

function sceneOf(zone: Partial<SceneInput["zones"][number]>) {
  const read = readScene({
    source: { id: "cam" },
    zones: [
      {
        id: "z",
        kind: "public_ground",
        polygon: [
          [0.1, 0.1],
          [0.9, 0.1],
          [0.9, 0.9],
          [0.1, 0.9],
        ],
        ...zone,
      },
    ],
    rules: [
      { violation: "CROSS_DOOR", zones: ["z"], dwellS: 60, graceS: 20, minScore: 0.35 },
      { violation: "STALL", zones: ["z"], dwellS: 60, graceS: 20, minScore: 0.35 },
    ],
  });
  if (read.kind === "bad") throw new Error(read.text.en);
  return read.scene;
}

/** A crate that stands there for ten minutes. */
const looks: Look[] = Array.from({ length: 301 }, (_, i) => ({
  status: "seen",
  capturedAtMs: startMs + i * 2000,
  offsetMs: i * 2000,
  detections: [{ label: "crate", role: "goods", score: 0.7, boxNorm: [0.4, 0.5, 0.1, 0.1] }],
}));

const spansOf = (scene: ReturnType<typeof sceneOf>, violation: string): [number, number][] =>
  evaluateScene(scene, looks)
    .filter((report) => report.violation === violation)
    .flatMap(({ flags }) =>
      flags.map((f): [number, number] => [(f.fromMs - startMs) / 1000, (f.toMs - startMs) / 1000]),
    );

test("a permit of a place lets the rules it speaks of rest there, and what stands after it is another act", () => {
  const permit = {
    from: "2026-05-08T08:02:00+08:00",
    to: "2026-05-08T08:05:00+08:00",
    note: "临时外摆",
    violations: ["CROSS_DOOR"],
  };
  const scene = sceneOf({ permits: [permit] });
  expect(spansOf(scene, "CROSS_DOOR")).toEqual([
    [0, 118],
    [300, 600],
  ]);
  expect(spansOf(scene, "STALL")).toEqual([[0, 600]]);
});

test("a place that no permit, rest or hours speak of is watched always", () => {
  expect(watchedPlaces(sceneOf({})).map((place) => place.active)).toEqual([undefined, undefined]);
});
