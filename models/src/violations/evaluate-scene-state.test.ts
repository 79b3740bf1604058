import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Look, roundLook, type Scene, type StateInterval } from "../scene/index.ts";
import { syntheticStreet } from "../tracking/evaluation/synthetic-street.ts";
import { evaluateScene, type Finding, type PlaceReport, reportScene } from "./evaluate-scene.ts";
import { settleScene } from "./evaluate-scene-settle.ts";
import { advanceScene, emptySceneState, type SceneState, suspensionOf } from "./evaluate-scene-state.ts";
import { watchedPlaces } from "./resolve-rule.ts";
import { crate, flagsOf, ground, looksOf, noise, sceneOf, span, startMs, thing } from "./testing/scene-looks.ts";

const throughJson = (state: SceneState): SceneState => JSON.parse(JSON.stringify(state));

/** A scene with every motion on one piece of road. */
const street = sceneOf(
  {},
  {
    lookEveryS: 0.5,
    zones: [{ id: "z", kind: "road", polygon: ground }],
    rules: [
      { violation: "CROSS_DOOR", zones: ["z"], dwellS: 8, graceS: 4 },
      { violation: "SIDEWALK_PARK", zones: ["z"], dwellS: 4, graceS: 2 },
      { violation: "TRUCK_UNCOVERED", zones: ["z"], dwellS: 0, graceS: 2, minScore: 0.4 },
      { violation: "WASTE_DUMP", zones: ["z"], dwellS: 1, graceS: 3 },
      { violation: "TAXI_STOP", zones: ["z"], dwellS: 1, graceS: 2 },
    ],
  },
);

/** A busy street with things that lie about, missing looks of several kinds, and gaps. */
function streetLooks(seed: number, lengthS: number): Look[] {
  const random = noise(seed);
  return syntheticStreet(seed, { lengthS, everyS: 0.5 }).flatMap(({ capturedAtMs, detections }): Look[] => {
    const s = capturedAtMs / 1000;
    const time = { capturedAtMs: startMs + capturedAtMs, offsetMs: capturedAtMs };
    if (random() < 0.01) return [{ ...time, status: "missing", reason: "low_visibility" }];
    if (random() < 0.03) return [{ ...time, status: "missing", reason: "decode_failed" }];
    if (s % 40 > 34) return [];
    const lying = s % 50 < 25 ? [thing("goods", [0.5, 0.75, 0.06, 0.05], 0.4 + 0.4 * random())] : [];
    return [roundLook({ ...time, status: "seen", detections: [...detections, ...lying] })];
  });
}

function run(
  scene: Scene,
  looks: readonly Look[],
  between: (state: SceneState, i: number) => SceneState,
): PlaceReport[] {
  const places = watchedPlaces(scene);
  let state = emptySceneState();
  looks.forEach((look, i) => {
    state = between(state, i);
    advanceScene(state, look, scene, places);
  });
  return reportScene(state, scene, places);
}

describe("the state of a scene", () => {
  test("goes through JSON between any two looks without changing a bit of any report", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.infiniteStream(fc.boolean()), (seed, restarts) => {
        const looks = streetLooks(seed, 40);
        const restarted = run(street, looks, (state) => (restarts.next().value === true ? throughJson(state) : state));
        expect(JSON.stringify(restarted)).toBe(JSON.stringify(evaluateScene(street, looks)));
      }),
      { numRuns: 4 },
    );
  }, 30_000);

  test("the street holds something for every motion, so that these tests test something", () => {
    const reports = [1, 2].flatMap((seed) => evaluateScene(street, streetLooks(seed, 100)));
    const found = new Set(reports.filter((r) => r.flags.length + r.rejected.length > 0).map((r) => r.violation));
    expect([...found]).toEqual(expect.arrayContaining(["CROSS_DOOR", "SIDEWALK_PARK", "TRUCK_UNCOVERED"]));
  });

  test("a clip that is given again changes nothing", () => {
    const places = watchedPlaces(street);
    const looks = streetLooks(7, 60);
    const once = emptySceneState();
    for (const look of looks) advanceScene(once, look, street, places);
    const before = JSON.stringify(once);
    for (const look of looks.slice(-20)) advanceScene(once, look, street, places);
    expect(JSON.stringify(once)).toBe(before);
  });

  test("two acts of one place that begin at one instant have different ids, the same in every report", () => {
    const looks = streetLooks(11, 100);
    const ids = (reports: PlaceReport[]): string[] =>
      reports.flatMap((r) => [...r.flags, ...r.rejected].map((f) => f.id));
    const all = ids(evaluateScene(street, looks));
    expect(new Set(all).size).toBe(all.length);
  });
});

/** Things of the first place that are gone and still told one by one. */
function goneOf(state: SceneState): number {
  const [place] = Object.values(state.places);
  return place?.watch.motion === "stands" ? place.watch.state.gone.length : 0;
}

describe("settling", () => {
  const clip = (timeline: readonly StateInterval[], fromMs: number): StateInterval[] =>
    timeline
      .filter((i) => i.toMs > fromMs || i.fromMs >= fromMs)
      .map((i) => ({ ...i, fromMs: Math.max(i.fromMs, fromMs) }));
  const flagsAfter = (report: PlaceReport | undefined, ms: number): Finding[] =>
    (report?.flags ?? []).filter((f) => f.toMs >= ms);

  test("drops what is over, and every later report stays the same", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const looks = streetLooks(seed, 90);
        const places = watchedPlaces(street);
        const whole = emptySceneState();
        const settled = emptySceneState();
        let beforeMs = 0;
        looks.forEach((look, i) => {
          advanceScene(whole, look, street, places);
          advanceScene(settled, look, street, places);
          if (i % 20 === 19) {
            beforeMs = look.capturedAtMs - 15_000;
            settleScene(settled, beforeMs);
          }
          if (i % 12 !== 11) return;
          const [a, b] = [reportScene(whole, street, places), reportScene(settled, street, places)];
          a.forEach((report, p) => {
            expect(flagsAfter(b[p], beforeMs)).toEqual(flagsAfter(report, beforeMs));
            const fromMs = b[p]?.timeline[0]?.fromMs;
            if (fromMs !== undefined) expect(b[p]?.timeline).toEqual(clip(report.timeline, fromMs));
          });
        });
      }),
      { numRuns: 2, examples: [[857_288], [843_475]] },
    );
  }, 60_000);

  test("keeps the state of a busy street from growing", () => {
    const places = watchedPlaces(street);
    const state = emptySceneState();
    const day = streetLooks(3, 80);
    const sizes: number[] = [];
    for (let turn = 0; turn < 8; turn++) {
      for (const look of day) {
        const shifted = { ...look, capturedAtMs: look.capturedAtMs + turn * 120_000 };
        advanceScene(state, shifted, street, places);
      }
      settleScene(state, (state.lastPlannedMs ?? 0) - 15_000);
      sizes.push(JSON.stringify(state).length);
    }
    expect(Math.max(...sizes.slice(4))).toBeLessThan(1.3 * Math.max(...sizes.slice(0, 4)));
  }, 30_000);

  test("an act that goes on for months keeps its beginning and its dwell, not every thing that took part in it", () => {
    const scene = sceneOf({ dwellS: 60, graceS: 20 });
    const places = watchedPlaces(scene);
    const state = emptySceneState();
    const length = 24_010;
    let largest = 0;
    for (let s = 0; s <= length; s += 2) {
      // Goods move every half minute, from one of many places to the next.
      const at = Math.floor(s / 30);
      const box = [0.15 + 0.09 * (at % 8), 0.2 + 0.12 * (Math.floor(at / 8) % 6), 0.06, 0.06] as const;
      advanceScene(
        state,
        { capturedAtMs: startMs + s * 1000, offsetMs: 0, status: "seen", detections: [thing("goods", box)] },
        scene,
        places,
      );
      if (s % 1000 === 0) settleScene(state, startMs + (s - 900) * 1000);
      largest = Math.max(largest, s % 1000 === 0 ? goneOf(state) : 0);
    }
    const [flag, ...more] = reportScene(state, scene, places)[0]?.flags ?? [];
    expect(more).toEqual([]);
    expect(span(flag)).toEqual([0, length]);
    expect(flag?.dwellMs).toBe(length * 1000);
    expect(largest).toBeLessThanOrEqual(560);
  });
});

describe("a view that cannot be used", () => {
  test("suspends the rules from its first look, with the reason, until a look is seen again", () => {
    const places = watchedPlaces(street);
    const state = emptySceneState();
    const give = (s: number, reason?: "view_moved" | "low_visibility" | "decode_failed"): void => {
      const time = { capturedAtMs: startMs + s * 1000, offsetMs: s * 1000 };
      const look: Look =
        reason === undefined ? { ...time, status: "seen", detections: [] } : { ...time, status: "missing", reason };
      advanceScene(state, look, street, places);
    };
    give(0);
    give(1, "decode_failed");
    expect(suspensionOf(state)).toBeNull();
    give(2, "view_moved");
    give(3, "decode_failed");
    give(4, "view_moved");
    expect(suspensionOf(state)).toEqual({ reason: "view_moved", sinceMs: startMs + 2000 });
    give(5, "low_visibility");
    expect(suspensionOf(state)?.reason).toBe("low_visibility");
    give(6);
    expect(suspensionOf(state)).toBeNull();
    expect(state.lost.map(({ fromMs, toMs, reason }) => [fromMs - startMs, toMs - startMs, reason])).toEqual([
      [1000, 5000, "view_moved"],
      [5000, 6000, "low_visibility"],
    ]);
  });

  test("neither fires nor ends anything: goods that stood before and after stood on, unseen", () => {
    const looks = looksOf(300, 2, (s) => (s > 100 && s < 200 ? null : [crate])).map(
      (look): Look => (look.status === "missing" ? { ...look, reason: "view_moved" } : look),
    );
    const [flag, ...more] = flagsOf(sceneOf({}), looks);
    expect(more).toEqual([]);
    expect(span(flag)).toEqual([0, 300]);
    expect(flag?.dwellMs).toBe(200_000);
    expect(flag?.trace.find((line) => line.filter === "visibility")?.value).toBe(100);
  });
});
