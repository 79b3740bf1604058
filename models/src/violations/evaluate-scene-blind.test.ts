import { describe, expect, test } from "vitest";
import type { Look } from "../scene/index.ts";
import { evaluateScene } from "./evaluate-scene.ts";
import { crate, flagsOf, looksOf, sceneOf, span, thing } from "./testing/scene-looks.ts";

describe("blind is neither presence nor absence", () => {
  test("a blind stretch inside an act continues it and is not counted", () => {
    const looks = looksOf(600, 2, (s) => (s > 100 && s < 400 ? undefined : [crate]));
    const [flag, ...more] = flagsOf(sceneOf({}), looks);
    expect(more).toEqual([]);
    expect(span(flag)).toEqual([0, 600]);
    expect(flag?.dwellMs).toBe(300_000);
    expect(flag?.intervals.map((i) => [i.state, (i.toMs - i.fromMs) / 1000])).toEqual([
      ["present", 100],
      ["blind", 300],
      ["present", 200],
    ]);
  });

  test("lost looks that are stored as missing are blind too", () => {
    const gap = (there: null | undefined) => looksOf(300, 2, (s) => (s > 100 && s < 160 ? there : [crate]));
    const strip = (looks: Look[]) => flagsOf(sceneOf({}), looks).map((f) => [span(f), f.dwellMs]);
    expect(strip(gap(null))).toEqual(strip(gap(undefined)));
    expect(strip(gap(null))).toEqual([[[0, 300], 240_000]]);
  });

  test("time watched in vain before and after a blind stretch adds up to an absence", () => {
    const looks = looksOf(600, 2, (s) =>
      s > 100 && s < 116 ? [] : s >= 116 && s < 300 ? undefined : s < 312 ? [] : [crate],
    );
    const there = looks.map((l, i) => (i * 2 <= 100 && l.status === "seen" ? { ...l, detections: [crate] } : l));
    expect(flagsOf(sceneOf({}), there).map(span)).toEqual([
      [0, 100],
      [312, 600],
    ]);
  });

  test("bicycles seen together for two minutes with half an hour unseen between them did not stand together for half an hour", () => {
    const scene = sceneOf({ violation: "SHARED_BIKE", dwellS: 1800, graceS: 60 });
    const bikes = [0, 1, 2, 3, 4].map((i) => thing("two-wheeler", [0.15 + 0.12 * i, 0.5, 0.08, 0.1]));
    const [first] = bikes;
    const looks = looksOf(4200, 2, (s) => {
      if (s < 1800) return first === undefined ? [] : [first];
      if (s >= 1860 && s < 3600) return null;
      return s < 3660 ? bikes : [];
    });
    expect(flagsOf(scene, looks)).toEqual([]);
    expect(
      flagsOf(
        scene,
        looksOf(2000, 2, () => bikes),
      ),
    ).toHaveLength(1);
  });

  test("a vehicle found where one stood before hours in the dark is another one: neither lends the other its time", () => {
    const scene = sceneOf({ violation: "SIDEWALK_PARK", dwellS: 180, graceS: 15 });
    const car = thing("car", crate.boxNorm);
    const parked = (standsS: number) =>
      looksOf(20_000, 2, (s) => (s < standsS ? [car] : s < 18_000 ? null : s < 18_000 + standsS ? [car] : [])).map(
        (look): Look => (look.status === "missing" ? { ...look, reason: "low_visibility" } : look),
      );
    expect(flagsOf(scene, parked(100))).toEqual([]);
    expect(flagsOf(scene, parked(300)).map(span)).toEqual([
      [0, 298],
      [18_000, 18_298],
    ]);
  });

  test("so are two that stand at different places of one zone, and many short blind stretches with nothing seen between them", () => {
    const scene = sceneOf({ violation: "SIDEWALK_PARK", dwellS: 180, graceS: 15 });
    const car = thing("car", crate.boxNorm);
    const elsewhere = thing("car", [0.7, 0.5, 0.1, 0.1]);
    const apart = looksOf(1200, 2, (s) => (s < 300 ? [car] : s < 900 ? null : [elsewhere]));
    expect(flagsOf(scene, apart).map(span)).toEqual([
      [0, 298],
      [900, 1200],
    ]);
    const glimpses = looksOf(1200, 2, (s) => (s < 300 || s >= 900 ? [car] : s % 100 === 0 ? [] : null));
    expect(flagsOf(scene, glimpses).map(span)).toEqual([
      [0, 298],
      [900, 1200],
    ]);
  });

  test("a minute unseen does not part a vehicle from itself, but the dwell must be reached on one side of it", () => {
    const scene = sceneOf({ violation: "SIDEWALK_PARK", dwellS: 180, graceS: 15 });
    const parked = (fromS: number, toS: number) =>
      flagsOf(
        scene,
        looksOf(800, 2, (s) =>
          s > 400 && s < 460 ? null : s >= fromS && s <= toS ? [thing("car", crate.boxNorm)] : [],
        ),
      );
    expect(parked(300, 560)).toEqual([]);
    const [flag, ...more] = parked(200, 560);
    expect(more).toEqual([]);
    expect(span(flag)).toEqual([200, 560]);
    const dwell = flag?.trace.find(({ filter }) => filter === "dwell");
    expect([dwell?.value, dwell?.note?.en]).toEqual([200, expect.stringContaining("without a break")]);
  });

  test("nothing but missing looks gives no flag and no absence", () => {
    const [place] = evaluateScene(
      sceneOf({}),
      looksOf(300, 2, () => null),
    );
    expect(place?.flags).toEqual([]);
    expect(place?.timeline).toEqual([]);
  });
});
