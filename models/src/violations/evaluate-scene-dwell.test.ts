import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Look, roundLook } from "../scene/index.ts";
import { reportScene } from "./evaluate-scene.ts";
import { advanceScene, emptySceneState } from "./evaluate-scene-state.ts";
import { watchedPlaces } from "./resolve-rule.ts";
import { crate, flagsOf, looksOf, noise, sceneOf, span, thing } from "./testing/scene-looks.ts";

describe("whatever happens to the looks", () => {
  const truth = fc.record({
    fromS: fc.integer({ min: 20, max: 100 }),
    lengthS: fc.integer({ min: 120, max: 400 }),
    seed: fc.integer(),
    jitter: fc.double({ min: 0, max: 0.01, noNaN: true }),
  });
  test("dwell is right to one look with a fifth of the looks dropped, a restart that gives a clip again, and a minute hidden in the middle", () => {
    const everyS = 2;
    const clipLooks = 5;
    fc.assert(
      fc.property(truth, fc.integer({ min: 10, max: 250 }), ({ fromS, lengthS, seed, jitter }, restartAt) => {
        const random = noise(seed);
        const scene = sceneOf({ graceS: 60 });
        const places = watchedPlaces(scene);
        const hiddenFromS = fromS + lengthS / 2 - 30;
        // What nobody looked at cannot be known: the first two and the last look at the thing are kept, and the truth is told between them.
        const first = Math.ceil(fromS / everyS) * everyS;
        const last = Math.floor((fromS + lengthS - 0.001) / everyS) * everyS;
        const shakes = (most: number) => (random() - 0.5) * 2 * most;
        const looks = looksOf(600, everyS, (s) => {
          // Two boxes of this size that are shaken by more may lie further apart than IoU 0.5, and of two boxes the first alone is the anchor.
          const shake = () => shakes(s <= first + everyS ? Math.min(jitter, 0.006) : jitter);
          const isKept = s === first || s === first + everyS || s === last;
          if (!isKept && random() < 0.2) return random() < 0.5 ? null : undefined;
          const isHidden = s >= hiddenFromS && s < hiddenFromS + 60;
          if (s < first || s > last || (isHidden && !isKept)) return [];
          return [thing("goods", [0.4 + shake(), 0.5 + shake(), 0.1 + shake(), 0.1 + shake()], 0.5 + random() * 0.4)];
        }).map(roundLook);

        let state = emptySceneState();
        looks.forEach((look, i) => {
          if (i === restartAt) {
            state = JSON.parse(JSON.stringify(state));
            for (const again of looks.slice(Math.max(0, i - clipLooks), i)) advanceScene(state, again, scene, places);
          }
          advanceScene(state, look, scene, places);
        });
        const flags = reportScene(state, scene, places).flatMap((report) => report.flags);
        expect(flags).toHaveLength(1);
        const [flag] = flags;
        expect(span(flag)).toEqual([first, last]);
        // A gap too long to count as watching is told as blind, not as dwell; what is left is right to a look.
        expect(Math.abs((flag?.dwellMs ?? 0) + (flag?.blindMs ?? 0) - (last - first) * 1000)).toBeLessThanOrEqual(
          everyS * 1000,
        );
        expect(flag?.blindMs).toBe(longGapsMs(looks, first, last));
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  /** Time within a stretch in gaps of more than five looks. */
  const longGapsMs = (looks: readonly Look[], fromS: number, toS: number, everyS = 2): number => {
    const seen = looks.filter(
      (look) => look.status === "seen" && look.offsetMs >= fromS * 1000 && look.offsetMs <= toS * 1000,
    );
    return seen.reduce((sum, look, i) => {
      const gapMs = look.offsetMs - (seen[i - 1]?.offsetMs ?? look.offsetMs);
      return gapMs > 5500 * everyS ? sum + gapMs : sum;
    }, 0);
  };

  test("with a fifth of the looks lost, shaking boxes and a hidden minute the act is still one, its dwell within two looks of the truth", () => {
    fc.assert(
      fc.property(truth, ({ fromS, lengthS, seed, jitter }) => {
        const random = noise(seed);
        const scene = sceneOf({ graceS: 70 });
        const hiddenFromS = fromS + lengthS / 2 - 30;
        const first = Math.ceil(fromS / 2) * 2;
        const last = Math.floor((fromS + lengthS - 0.001) / 2) * 2;
        const looks = looksOf(600, 2, (s) => {
          // The looks at the ends are kept: what is not looked at cannot be known.
          if (s !== first && s !== last && s !== first + 2 && random() < 0.2) return undefined;
          const isThere = s >= fromS && s < fromS + lengthS;
          const isHidden = s >= hiddenFromS && s < hiddenFromS + 60;
          const shake = () => (random() - 0.5) * 2 * jitter;
          return isThere && !isHidden
            ? [thing("goods", [0.4 + shake(), 0.5 + shake(), 0.1 + shake(), 0.1 + shake()], 0.5 + random() * 0.4)]
            : [];
        });
        const flags = flagsOf(scene, looks);
        expect(flags).toHaveLength(1);
        const [from, to] = span(flags[0]);
        expect(Math.abs(from - fromS)).toBeLessThanOrEqual(4);
        expect(Math.abs(to - (fromS + lengthS))).toBeLessThanOrEqual(4);
        expect(Math.abs((flags[0]?.dwellMs ?? 0) / 1000 - lengthS)).toBeLessThanOrEqual(4 + gapsS(looks));
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  /** Time lost in gaps longer than the watch tolerates: rightly not counted. */
  const gapsS = (looks: readonly Look[]): number =>
    looks.reduce((sum, look, i) => {
      const gap = (look.capturedAtMs - (looks[i - 1]?.capturedAtMs ?? look.capturedAtMs)) / 1000;
      return gap > 11 ? sum + gap : sum;
    }, 0);

  test("at any cadence dwell is right to one look with a fifth of the looks lost on the way, but for gaps of more than five looks", () => {
    for (const everyS of [2, 10, 30, 60]) {
      const scene = sceneOf({ dwellS: 300, graceS: 60 }, { lookEveryS: everyS });
      let gapped = 0;
      for (let seed = 1; seed <= 60; seed++) {
        const random = noise(seed);
        const [first, last] = [120, 1320];
        const looks = looksOf(1500, everyS, (s) => {
          // What nobody looked at cannot be known: the first two and the last look at the thing are kept.
          const isKept = s === first || s === first + everyS || s === last;
          if (!isKept && random() < 0.2) return null;
          return s >= first && s <= last ? [crate] : [];
        });
        const flags = flagsOf(scene, looks);
        expect(flags.map(span), `every ${everyS} s, seed ${seed}`).toEqual([[first, last]]);
        const gapsMs = longGapsMs(looks, first, last, everyS);
        if (gapsMs > 0) gapped++;
        const dwellMs = flags[0]?.dwellMs ?? 0;
        expect(Math.abs(dwellMs + gapsMs - (last - first) * 1000)).toBeLessThanOrEqual(everyS * 1000);
      }
      // Five looks in a row are lost at one of 3,000 places, of which the act has 600 at most.
      expect(gapped, `every ${everyS} s`).toBeLessThanOrEqual(12);
    }
  });

  test("things moved about over looks that were lost are one act: a look that is lost proves no absence", () => {
    for (const [everyS, graceS] of [
      [10, 20],
      [30, 60],
    ] as const) {
      const scene = sceneOf({ dwellS: 300, graceS }, { lookEveryS: everyS });
      const moved = thing("goods", [0.6, 0.7, 0.1, 0.1]);
      const looks = looksOf(1200, everyS, (s) => {
        if (s > 600 && s <= 600 + 3 * everyS) return null;
        return [s <= 600 ? crate : moved];
      });
      expect(flagsOf(scene, looks).map(span), `every ${everyS} s`).toEqual([[0, 1200]]);
    }
  });

  test("a source that was down for longer than half a minute was not watched, however few looks that is", () => {
    const scene = sceneOf({ dwellS: 300, graceS: 60 }, { lookEveryS: 10 });
    const blindMs = (there: null | undefined, reason: "decode_failed" | "view_blocked", toS: number) =>
      flagsOf(
        scene,
        looksOf(1200, 10, (s) => (s > 600 && s < toS ? there : [crate])).map(
          (look): Look => (look.status === "missing" ? { ...look, reason } : look),
        ),
      ).map((flag) => flag.blindMs);
    expect(blindMs(null, "decode_failed", 640)).toEqual([0]);
    expect(blindMs(null, "decode_failed", 660)).toEqual([60_000]);
    expect(blindMs(null, "view_blocked", 640)).toEqual([40_000]);
    expect(blindMs(undefined, "decode_failed", 640)).toEqual([40_000]);
    expect(blindMs(undefined, "decode_failed", 620)).toEqual([0]);
  });

  test("where looks are sparse a vehicle is not taken for itself over more than two minutes either, goods are", () => {
    const looks = (role: "car" | "goods") =>
      looksOf(1200, 60, (s) => (s > 300 && s < 540 ? null : [thing(role, crate.boxNorm)]));
    const acts = (violation: string, role: "car" | "goods") =>
      flagsOf(sceneOf({ violation, dwellS: 180, graceS: 15 }, { lookEveryS: 60 }), looks(role)).map(span);
    expect(acts("CROSS_DOOR", "goods")).toEqual([[0, 1200]]);
    expect(acts("SIDEWALK_PARK", "car")).toEqual([
      [0, 300],
      [540, 1200],
    ]);
  });

  test("looks that arrive late or twice give the same flags", () => {
    fc.assert(
      fc.property(truth, ({ fromS, lengthS, seed }) => {
        const random = noise(seed);
        const looks = looksOf(400, 2, (s) => (s >= fromS && s < fromS + lengthS ? [crate] : []));
        const shuffled = [...looks, ...looks.slice(0, 30)].sort(() => random() - 0.5);
        expect(flagsOf(sceneOf({}), shuffled)).toEqual(flagsOf(sceneOf({}), looks));
      }),
      { numRuns: 30 },
    );
  });
});
