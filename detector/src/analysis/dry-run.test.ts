import { decodeLook, type Look, storedLookSchema } from "@mingcha/models/scene";
import { evaluateScene, readScene } from "@mingcha/models/violations";
import { describe, expect, test } from "vitest";
import { cameraDay } from "./camera-day.ts";
import { dryRun, dryRunLines } from "./dry-run-report.ts";

const startMs = Date.parse("2026-05-08T00:00:00+08:00");

/** A busy street: five watched places, hours, a weekly rest, an exempt and a privacy zone. */
function street(rule: object = {}) {
  const read = readScene({
    source: { id: "cam" },
    lookEveryS: 2,
    zones: [
      {
        id: "pavement",
        kind: "public_ground",
        polygon: [
          [0.02, 0.4],
          [0.5, 0.35],
          [0.98, 0.4],
          [0.95, 0.75],
          [0.5, 0.7],
          [0.05, 0.75],
        ],
      },
      {
        id: "kerb",
        kind: "no_stopping",
        polygon: [
          [0.02, 0.7],
          [0.98, 0.7],
          [0.98, 0.95],
          [0.02, 0.95],
        ],
      },
      {
        id: "terrace",
        kind: "exempt",
        polygon: [
          [0.02, 0.4],
          [0.12, 0.4],
          [0.12, 0.6],
          [0.02, 0.6],
        ],
      },
      {
        id: "window",
        kind: "privacy",
        polygon: [
          [0.85, 0.1],
          [0.98, 0.1],
          [0.98, 0.3],
          [0.85, 0.3],
        ],
      },
    ],
    rules: [
      { violation: "CROSS_DOOR", zones: ["pavement"], active: { from: "06:00", to: "23:00" } },
      { violation: "ROAD_PILE", zones: ["pavement"] },
      { violation: "SIDEWALK_PARK", zones: ["pavement"] },
      { violation: "SIDEWALK_PARK", zones: ["kerb"], ...rule },
      {
        violation: "SHARED_BIKE",
        zones: ["pavement"],
        unless: [{ days: "5-6", from: "18:00", to: "20:00", note: "夜市" }],
      },
    ],
  });
  if (read.kind === "bad") throw new Error(read.text.en);
  return read.scene;
}

/** Times of two pieces of work that take turns, each at its best: what else the machine does falls on both. */
function leastMs(rounds: number, ...works: (() => void)[]): number[] {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++)
    works.forEach((work, i) => {
      const startedMs = performance.now();
      work();
      least[i] = Math.min(least[i] ?? 0, performance.now() - startedMs);
    });
  return least;
}

test("applying five rules costs no more than 15 times reading the stored looks, and grows with their number", {
  timeout: 120_000,
}, () => {
  const lines = cameraDay({ looks: 3_000, startMs }).map((look) => JSON.stringify(look));
  const read = (count: number): Look[] =>
    lines.slice(0, count).map((line) => decodeLook(storedLookSchema.parse(JSON.parse(line))));
  const [looks, part] = [read(3_000), read(1_000)];
  const scene = street();
  const [readMs = 0, partMs = 0, wholeMs = 0] = leastMs(
    6,
    () => read(1_000),
    () => evaluateScene(scene, part),
    () => evaluateScene(scene, looks),
  );
  console.log(
    `rules over ${part.length} looks: ${(partMs / readMs).toFixed(1)} × reading them; over three times as many ${(wholeMs / partMs).toFixed(1)} × that`,
  );
  expect(partMs / readMs).toBeLessThan(15);
  expect(wholeMs / partMs).toBeLessThan(8);
});

describe("what a dry run says", () => {
  const looks = cameraDay({ looks: 3_000, startMs, seed: 4 }).map(decodeLook);

  test("the looks of a made-up day are the same from the same seed", () => {
    expect(cameraDay({ looks: 50, seed: 3 })).toEqual(cameraDay({ looks: 50, seed: 3 }));
    const seen = looks.flatMap((look) => (look.status === "seen" ? [look.detections.length] : []));
    expect(seen.reduce((sum, n) => sum + n, 0) / seen.length).toBeGreaterThan(6);
  });

  test("acts that go are told with what they fail now, those that stay with what changed", () => {
    const run = dryRun(street({ dwellS: 120 }), street({ dwellS: 3600 }), looks, 10);
    const { onlyBefore, onlyAfter, both } = run.comparison;
    expect(onlyBefore.length).toBeGreaterThan(0);
    expect(onlyAfter).toEqual([]);
    expect(both.length).toBeGreaterThan(0);
    const lines = dryRunLines(run, "Asia/Shanghai");
    expect(lines.filter((line) => line.startsWith("- SIDEWALK_PARK"))).toHaveLength(onlyBefore.length);
    expect(lines.filter((line) => /^ {4}✗ 停留：.* < 3600 秒/.test(line)).length).toBeGreaterThan(0);
    expect(lines.at(-2)).toBe(`${onlyBefore.length} would be gone, 0 would be new, ${both.length} stay`);
  });

  test("without an old scene everything is new", () => {
    const { comparison } = dryRun(undefined, street(), looks, 10);
    expect([comparison.onlyBefore, comparison.both]).toEqual([[], []]);
    expect(comparison.onlyAfter.length).toBeGreaterThan(0);
  });

  test("a scene that looks more often than the looks were taken is told that this cannot be replayed", () => {
    expect(dryRun(undefined, street(), looks, 10).limits).toEqual([]);
    const [limit] = dryRun(undefined, { ...street(), lookEveryS: 0.5 }, looks, 10).limits;
    expect(limit?.en).toContain("2 s apart");
  });
});
