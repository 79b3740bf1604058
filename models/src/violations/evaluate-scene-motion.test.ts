import { describe, expect, test } from "vitest";
import type { BoxNorm, Detection, Look, Scene } from "../scene/index.ts";
import { type Finding, reportScene } from "./evaluate-scene.ts";
import { advanceScene, emptySceneState } from "./evaluate-scene-state.ts";
import { watchedPlaces } from "./resolve-rule.ts";
import { flagsOf, looksOf, noise, sceneOf, span, thing } from "./testing/scene-looks.ts";

/** Findings of looks as they come from the detector, with what a second model added to them. */
function foundOf(scene: Scene, looks: readonly Look[]): Finding[] {
  const places = watchedPlaces(scene);
  const state = emptySceneState();
  for (const look of looks) advanceScene(state, look, scene, places);
  return reportScene(state, scene, places).flatMap((report) => report.flags);
}

/** A violation that looks for mere stops: the rule of a scene with another motion. */
function stopsOf(scene: Scene, looks: readonly Look[]): [number, number][] {
  const places = watchedPlaces(scene).map((p) => ({ ...p, violation: { ...p.violation, motion: "stops" as const } }));
  const state = emptySceneState();
  for (const look of looks) advanceScene(state, look, scene, places);
  return reportScene(state, scene, places).flatMap((report) => report.flags.map(span));
}

const place: BoxNorm = [0.4, 0.4, 0.15, 0.1];
/** A car that drives in from the left, stands from `fromS` to `toS` at x 0.4, and drives off to the right. */
const visit = (s: number, fromS: number, toS: number, role: "car" | "truck" = "car"): Detection[] => {
  const x = s < fromS ? 0.4 - (fromS - s) * 0.1 : s < toS ? 0.4 : 0.4 + (s - toS) * 0.1;
  return x < -0.1 || x > 0.95 ? [] : [thing(role, [x, place[1], place[2], place[3]])];
};

describe("vehicles that stop", () => {
  const scene = sceneOf({ violation: "TAXI_STOP", dwellS: 20, graceS: 4, minScore: 0.35 }, { lookEveryS: 1 });
  const acts = (looks: readonly Look[]): [number, number][] => stopsOf(scene, looks);

  test("one that stands for the time is one act, to within two looks at both ends", () => {
    const [act, ...more] = acts(looksOf(120, 1, (s) => visit(s, 30, 80)));
    expect(more).toEqual([]);
    expect(Math.abs((act?.[0] ?? 0) - 30)).toBeLessThanOrEqual(2);
    expect(Math.abs((act?.[1] ?? 0) - 80)).toBeLessThanOrEqual(2);
  });

  test("shaking boxes and missed looks change nothing", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = noise(seed);
      const looks = looksOf(120, 1, (s) =>
        visit(s, 30, 80)
          .filter(() => random() > 0.2)
          .map((d) => ({
            ...d,
            boxNorm: d.boxNorm.map((edge) => edge + (random() - 0.5) * 0.01) as unknown as BoxNorm,
          })),
      );
      const found = acts(looks);
      expect(found, `seed ${seed}`).toHaveLength(1);
      expect(Math.abs((found[0]?.[0] ?? 0) - 30)).toBeLessThanOrEqual(4);
      expect(Math.abs((found[0]?.[1] ?? 0) - 80)).toBeLessThanOrEqual(4);
    }
  });

  test("one whose track breaks behind a bus goes on, one that takes the place of another is another", () => {
    const hidden = acts(looksOf(120, 1, (s) => (s > 50 && s <= 54 ? [] : visit(s, 30, 80))));
    expect(hidden).toHaveLength(1);
    const next = acts(looksOf(200, 1, (s) => [...visit(s, 30, 80), ...visit(s, 88, 150)]));
    expect(next.map(([from]) => Math.round(from / 10))).toEqual([3, 9]);
  });

  test("one that only drives through, or creeps in a queue, does not stop", () => {
    expect(acts(looksOf(60, 1, (s) => [thing("car", [0.02 * s, 0.4, 0.15, 0.1])]))).toEqual([]);
  });

  test("one that stands where another stood before ten minutes nobody saw is another stop", () => {
    const [before, after, ...more] = acts(looksOf(760, 1, (s) => (s >= 60 && s < 660 ? null : visit(s, 30, 700))));
    expect(more).toEqual([]);
    expect([before?.[1], after?.[0]]).toEqual([59, 660]);
  });

  test("two that stand side by side are two", () => {
    const beside = (s: number): Detection[] =>
      visit(s, 35, 90).map((d) => ({ ...d, boxNorm: [d.boxNorm[0], 0.6, 0.15, 0.1] }));
    expect(acts(looksOf(140, 1, (s) => [...visit(s, 30, 80), ...beside(s)]))).toHaveLength(2);
  });
});

describe("dumping", () => {
  const scene = sceneOf({ violation: "WASTE_DUMP", dwellS: 10, graceS: 10, minScore: 0.35 }, { lookEveryS: 1 });
  const heap = thing("goods", [0.37, 0.46, 0.06, 0.04], 0.6);
  const truck = (s: number): Detection[] => visit(s, 40, 80, "truck");

  test("a truck that stops, leaves, and a heap that stays are one act from its arrival to the proof", () => {
    const [flag, ...more] = flagsOf(
      scene,
      looksOf(200, 1, (s) => [...truck(s), ...(s >= 82 ? [heap] : [])]),
    );
    expect(more).toEqual([]);
    const [from, to] = span(flag);
    expect(Math.abs(from - 40)).toBeLessThanOrEqual(2);
    expect(to).toBeGreaterThanOrEqual(84);
    expect(to).toBeLessThanOrEqual(100);
    expect(flag?.isOpen).toBe(false);
    expect(flag?.spots.map((spot) => spot.role)).toEqual(["truck", "goods"]);
    expect(flag?.toJudge).toContain("load");
  });

  test("a heap that lay there before, one far away, and one that comes much later prove nothing", () => {
    const far = { ...heap, boxNorm: [0.8, 0.7, 0.06, 0.04] as BoxNorm };
    expect(
      flagsOf(
        scene,
        looksOf(200, 1, (s) => [...truck(s), ...(s < 40 || s >= 82 ? [heap] : [])]),
      ),
    ).toEqual([]);
    expect(
      flagsOf(
        scene,
        looksOf(200, 1, (s) => [...truck(s), ...(s >= 82 ? [far] : [])]),
      ),
    ).toEqual([]);
    expect(
      flagsOf(
        scene,
        looksOf(300, 1, (s) => [...truck(s), ...(s >= 200 ? [heap] : [])]),
      ),
    ).toEqual([]);
  });

  test("a truck that the stream began with, one that drives through, and a heap without a truck are none", () => {
    expect(
      flagsOf(
        scene,
        looksOf(200, 1, (s) => [...visit(s, -100, 80, "truck"), ...(s >= 82 ? [heap] : [])]),
      ),
    ).toEqual([]);
    expect(
      flagsOf(
        scene,
        looksOf(200, 1, (s) => [...visit(s, 40, 41, "truck"), ...(s >= 45 ? [heap] : [])]),
      ),
    ).toEqual([]);
    expect(
      flagsOf(
        scene,
        looksOf(200, 1, (s) => (s >= 82 ? [heap] : [])),
      ),
    ).toEqual([]);
  });

  test("a truck and a heap that are both there when a blind stretch ends prove nothing; seen to come after it, they do", () => {
    const comingAt = (comesS: number): Finding[] =>
      flagsOf(
        scene,
        looksOf(900, 1, (s) => {
          if (s >= 60 && s < 600) return null;
          return [...visit(s, comesS, 700, "truck"), ...(s >= comesS ? [heap] : [])];
        }),
      );
    expect(comingAt(590)).toEqual([]);
    expect(comingAt(620)).toHaveLength(1);
  });

  test("a truck seen to come loaded and leave empty settles the load, one that nobody looked at does not", () => {
    const looks = looksOf(200, 1, (s) => [
      ...truck(s).map((d) => ({ ...d, attributes: { load: s < 60 ? ("loaded" as const) : ("empty" as const) } })),
      ...(s >= 82 ? [heap] : []),
    ]);
    const settled = foundOf(scene, looks);
    expect(settled).toHaveLength(1);
    expect(settled[0]?.toJudge).not.toContain("load");
    expect(settled[0]?.toJudge).toContain("permit");
  });
});

describe("picking up", () => {
  const scene = sceneOf({ violation: "TAXI_STOP", dwellS: 4, graceS: 4, minScore: 0.35 }, { lookEveryS: 0.5 });
  const person = (x: number, y = 0.4): Detection => thing("person", [x, y, 0.035, 0.12]);
  const car = (s: number): Detection[] => visit(s, 20, 50);

  test("somebody who walks up to a car that stands and vanishes there boards it", () => {
    const walk = (s: number): Detection[] => (s >= 24 && s < 34 ? [person(0.8 - (s - 24) * 0.027)] : []);
    const [flag, ...more] = flagsOf(
      scene,
      looksOf(70, 0.5, (s) => [...car(s), ...walk(s)]),
    );
    expect(more).toEqual([]);
    expect(flag?.spots.map((spot) => spot.role)).toEqual(["car", "person"]);
    expect(Math.abs(span(flag)[0] - 20)).toBeLessThanOrEqual(1.5);
    expect(flag?.toJudge).toContain("taxi");
  });

  test("somebody who comes up at a car that stands and walks away alights from it", () => {
    const walk = (s: number): Detection[] => (s >= 30 && s < 44 ? [person(0.52 + (s - 30) * 0.027)] : []);
    expect(
      flagsOf(
        scene,
        looksOf(70, 0.5, (s) => [...car(s), ...walk(s)]),
      ),
    ).toHaveLength(1);
  });

  test("somebody who walks behind the car and comes out again boards nothing", () => {
    const walk = (s: number): Detection[] => {
      const x = 0.85 - (s - 22) * 0.03;
      return s >= 22 && s < 46 && !(x > 0.4 && x < 0.54) ? [person(x, 0.36)] : [];
    };
    expect(
      flagsOf(
        scene,
        looksOf(70, 0.5, (s) => [...car(s), ...walk(s)]),
      ),
    ).toEqual([]);
  });

  test("a stop without anybody, and somebody who only passes in front, are none", () => {
    const walk = (s: number): Detection[] => (s >= 22 && s < 46 ? [person(0.85 - (s - 22) * 0.03, 0.5)] : []);
    expect(
      flagsOf(
        scene,
        looksOf(70, 0.5, (s) => car(s)),
      ),
    ).toEqual([]);
    expect(
      flagsOf(
        scene,
        looksOf(70, 0.5, (s) => [...car(s), ...walk(s)]),
      ),
    ).toEqual([]);
  });
});
