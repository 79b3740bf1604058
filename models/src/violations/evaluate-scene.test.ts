import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BoxNorm, Detection, Look, Role, Scene, SceneInput } from "../scene/index.ts";
import { readScene } from "./check-scene.ts";
import { advancePlace, emptyPlaceState, evaluateScene, type Finding, reportPlace } from "./evaluate-scene.ts";
import { watchedPlaces } from "./resolve-rule.ts";

const startMs = Date.parse("2026-05-01T08:00:00+08:00");
const ground: [number, number][] = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
  [0.1, 0.9],
];

function sceneOf(rule: Partial<SceneInput["rules"][number]>, more: Partial<SceneInput> = {}): Scene {
  const read = readScene({
    source: { id: "cam", timezone: "Asia/Shanghai" },
    lookEveryS: 2,
    zones: [{ id: "z", kind: "public_ground", polygon: ground }],
    rules: [{ violation: "CROSS_DOOR", zones: ["z"], dwellS: 60, graceS: 20, minScore: 0.35, ...rule }],
    ...more,
  });
  if (read.kind === "bad") throw new Error(read.text.en);
  return read.scene;
}

const thing = (role: Role, boxNorm: BoxNorm, score = 0.7): Detection => ({ label: role, role, score, boxNorm });
const crate = thing("goods", [0.4, 0.5, 0.1, 0.1]);

/** Looks every `everyS` over `lengthS`; `at` says what is there, or that the look is lost (null) or not planned (undefined). */
function looksOf(
  lengthS: number,
  everyS: number,
  at: (s: number) => readonly Detection[] | null | undefined,
  fromMs = startMs,
): Look[] {
  const looks: Look[] = [];
  for (let i = 0; i * everyS <= lengthS; i++) {
    const offsetMs = Math.round(i * everyS * 1000);
    const there = at(i * everyS);
    if (there === undefined) continue;
    const time = { capturedAtMs: fromMs + offsetMs, offsetMs };
    looks.push(
      there === null
        ? { ...time, status: "missing", reason: "decode_failed" }
        : { ...time, status: "seen", detections: there },
    );
  }
  return looks;
}

const flagsOf = (scene: Scene, looks: readonly Look[]): Finding[] =>
  evaluateScene(scene, looks).flatMap((p) => p.flags);
const span = (f: Finding | undefined): [number, number] => [
  ((f?.fromMs ?? 0) - startMs) / 1000,
  ((f?.toMs ?? 0) - startMs) / 1000,
];

describe("one continuing act is one flag", () => {
  test("its ends are within two looks of the truth, its dwell within one", () => {
    const [flag, ...more] = flagsOf(
      sceneOf({}),
      looksOf(300, 2, (s) => (s >= 51 && s < 171 ? [crate] : [])),
    );
    expect(more).toEqual([]);
    expect(span(flag)).toEqual([52, 170]);
    expect(flag?.dwellMs).toBe(118_000);
    expect(flag?.isOpen).toBe(false);
  });

  test("what stood there when the stream began counts, and what still stands is open", () => {
    const [flag] = flagsOf(
      sceneOf({}),
      looksOf(100, 2, () => [crate]),
    );
    expect(span(flag)).toEqual([0, 100]);
    expect(flag?.isOpen).toBe(true);
  });

  test("an occlusion up to the grace time is bridged, a longer absence ends the act", () => {
    const hidden = (lengthS: number) =>
      flagsOf(
        sceneOf({}),
        looksOf(400, 2, (s) => (s >= 150 && s < 150 + lengthS ? [] : [crate])),
      );
    expect(hidden(20).map(span)).toEqual([[0, 400]]);
    expect(hidden(26).map(span)).toEqual([
      [0, 148],
      [176, 400],
    ]);
  });

  test("goods that are moved about within the zone stay one act", () => {
    const spots: BoxNorm[] = [
      [0.2, 0.5, 0.1, 0.1],
      [0.4, 0.6, 0.1, 0.1],
      [0.6, 0.4, 0.1, 0.1],
    ];
    const flags = flagsOf(
      sceneOf({}),
      looksOf(180, 2, (s) => [thing("goods", spots[Math.floor(s / 61)] as BoxNorm)]),
    );
    expect(flags.map(span)).toEqual([[0, 180]]);
  });

  test("a strong sighting at the same place counts, whichever box it came as", () => {
    const wide: BoxNorm = [0.45, 0.43, 0.11, 0.14];
    const narrow: BoxNorm = [0.44, 0.42, 0.07, 0.16];
    const looks = looksOf(300, 2, (s) => {
      if (s <= 200) return [thing("goods", wide, 0.5), thing("goods", narrow, 0.3)];
      return s <= 212 ? [thing("goods", narrow, 0.45)] : [thing("goods", narrow, 0.28)];
    });
    expect(flagsOf(sceneOf({}), looks).map(span)).toEqual([[0, 212]]);
  });

  test("a van named both car and truck is one thing", () => {
    const scene = sceneOf({ violation: "SIDEWALK_PARK" });
    const box: BoxNorm = [0.3, 0.4, 0.2, 0.2];
    const looks = looksOf(100, 2, (s) => [thing("car", box, s % 4 ? 0.6 : 0.4), thing("truck", box, 0.5)]);
    expect(flagsOf(scene, looks).map(span)).toEqual([[0, 100]]);
  });
});

describe("what does not stand is no standing act", () => {
  test("vehicles that pass one after another never add up", () => {
    const scene = sceneOf({ violation: "SIDEWALK_PARK", dwellS: 8, graceS: 4 }, { lookEveryS: 1 });
    const looks = looksOf(60, 1, (s) => [thing("car", [0.1 + (0.7 * (s % 4)) / 4, 0.5, 0.12, 0.1])]);
    expect(flagsOf(scene, looks)).toEqual([]);
  });

  test("a queue of cars that each stop for a moment is no parked car", () => {
    const scene = sceneOf({ violation: "SIDEWALK_PARK", dwellS: 12, graceS: 4 }, { lookEveryS: 1 });
    const looks = looksOf(90, 1, (s) => [thing("car", [0.2 + 0.15 * (Math.floor(s / 6) % 4), 0.5, 0.12, 0.1])]);
    expect(flagsOf(scene, looks)).toEqual([]);
  });

  test("something that creeps slowly does not drag its place along", () => {
    const scene = sceneOf({ violation: "SIDEWALK_PARK", dwellS: 60, graceS: 4 });
    const looks = looksOf(200, 2, (s) => [thing("car", [0.1 + s * 0.003, 0.5, 0.12, 0.1])]);
    expect(flagsOf(scene, looks)).toEqual([]);
  });

  test("a weak phantom that is always there is none", () => {
    expect(
      flagsOf(
        sceneOf({}),
        looksOf(300, 2, () => [thing("goods", crate.boxNorm, 0.3)]),
      ),
    ).toEqual([]);
  });

  test("a phantom left behind does not stretch a strong presence", () => {
    const flags = flagsOf(
      sceneOf({}),
      looksOf(300, 2, (s) => [thing("goods", crate.boxNorm, s < 150 ? 0.9 : 0.3)]),
    );
    expect(flags.map(span)).toEqual([[0, 148]]);
  });
});

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

  test("nothing but missing looks gives no flag and no absence", () => {
    const [place] = evaluateScene(
      sceneOf({}),
      looksOf(300, 2, () => null),
    );
    expect(place?.flags).toEqual([]);
    expect(place?.timeline).toEqual([]);
  });
});

describe("where things pass", () => {
  const scene = sceneOf({ violation: "TRUCK_UNCOVERED", dwellS: 0, graceS: 3, minScore: 0.5 }, { lookEveryS: 0.5 });
  const drive = (s: number, fromS: number): Detection[] =>
    s >= fromS && s < fromS + 5 ? [thing("truck", [0.1 + ((s - fromS) / 5) * 0.6, 0.4, 0.2, 0.2])] : [];

  test("a truck that drives through is one flag, the next one another", () => {
    const looks = looksOf(40, 0.5, (s) => [...drive(s, 4), ...drive(s, 20)]);
    expect(flagsOf(scene, looks).map(span)).toEqual([
      [4, 8.5],
      [20, 24.5],
    ]);
  });

  test("a parked van at the gate does not swallow the trucks that pass it", () => {
    const looks = looksOf(400, 0.5, (s) => [
      thing("truck", [0.75, 0.7, 0.1, 0.1], 0.55),
      ...drive(s, 200),
      ...drive(s, 300),
    ]);
    const spans = flagsOf(scene, looks).map(span);
    expect(spans.slice(-2)).toEqual([
      [200, 204.5],
      [300, 304.5],
    ]);
    expect(spans.length).toBeLessThanOrEqual(3);
  });

  test("the load is left to a person", () => {
    const [flag] = flagsOf(
      scene,
      looksOf(20, 0.5, (s) => drive(s, 4)),
    );
    expect(flag?.toJudge).toContain("cover");
  });
});

describe("zones and hours", () => {
  test("privacy and exempt zones take things out, whatever the rule says", () => {
    for (const kind of ["privacy", "exempt"] as const) {
      const scene = sceneOf(
        {},
        {
          zones: [
            { id: "z", kind: "public_ground", polygon: ground },
            {
              id: "p",
              kind,
              polygon: [
                [0.35, 0.45],
                [0.55, 0.45],
                [0.55, 0.65],
                [0.35, 0.65],
              ],
            },
          ],
        },
      );
      expect(
        flagsOf(
          scene,
          looksOf(200, 2, () => [crate]),
        ),
      ).toEqual([]);
      expect(
        flagsOf(
          scene,
          looksOf(200, 2, () => [thing("goods", [0.7, 0.5, 0.1, 0.1])]),
        ),
      ).toHaveLength(1);
    }
  });

  test("only the foot of a thing counts, not its middle", () => {
    const behind: BoxNorm = [0.4, 0.8, 0.1, 0.19];
    expect(
      flagsOf(
        sceneOf({}),
        looksOf(200, 2, () => [thing("furniture", behind)]),
      ),
    ).toEqual([]);
  });

  test("outside its hours a rule sees nothing, and an act ends with the window", () => {
    const scene = sceneOf({ active: { days: "1-7", from: "08:02", to: "08:05" } });
    const [flag, ...more] = flagsOf(
      scene,
      looksOf(600, 2, () => [crate]),
    );
    expect(more).toEqual([]);
    expect(span(flag)).toEqual([120, 298]);
    expect(flag?.isOpen).toBe(false);
  });

  test("the dwell must be reached within the hours", () => {
    const scene = sceneOf({ dwellS: 200, active: { days: "1-7", from: "08:02", to: "08:05" } });
    expect(
      flagsOf(
        scene,
        looksOf(600, 2, () => [crate]),
      ),
    ).toEqual([]);
  });

  test("a near miss leaves the reason", () => {
    const [place] = evaluateScene(
      sceneOf({}),
      looksOf(300, 2, (s) => (s < 50 ? [crate] : [])),
    );
    expect(place?.rejected.map((r) => r.trace.filter((t) => !t.passed).map((t) => t.filter))).toEqual([["dwell"]]);
  });
});

describe("whatever happens to the looks", () => {
  const truth = fc.record({
    fromS: fc.integer({ min: 20, max: 100 }),
    lengthS: fc.integer({ min: 120, max: 400 }),
    seed: fc.integer(),
    jitter: fc.double({ min: 0, max: 0.01, noNaN: true }),
  });
  const noise = (seed: number) => {
    let state = seed | 1;
    return () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) / 2 ** 32;
    };
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
      { numRuns: 80 },
    );
  });

  /** Time lost in gaps longer than the watch tolerates: rightly not counted. */
  const gapsS = (looks: readonly Look[]): number =>
    looks.reduce((sum, look, i) => {
      const gap = (look.capturedAtMs - (looks[i - 1]?.capturedAtMs ?? look.capturedAtMs)) / 1000;
      return gap > 11 ? sum + gap : sum;
    }, 0);

  test("stopping between any two looks and going on from what was stored changes nothing", () => {
    fc.assert(
      fc.property(
        truth,
        fc.array(fc.integer({ min: 0, max: 299 }), { maxLength: 5 }),
        ({ fromS, lengthS, seed }, stops) => {
          const random = noise(seed);
          const scene = sceneOf({});
          const looks = looksOf(600, 2, (s) =>
            random() < 0.1 ? null : s >= fromS && s < fromS + lengthS && random() < 0.8 ? [crate] : [],
          );
          const [place] = watchedPlaces(scene);
          if (place === undefined) throw new Error("no place");
          let state = emptyPlaceState();
          looks.forEach((look, i) => {
            if (stops.includes(i)) state = JSON.parse(JSON.stringify(state));
            advancePlace(state, look, scene, place);
          });
          expect(reportPlace(state, scene, place)).toEqual(evaluateScene(scene, looks)[0]);
        },
      ),
      { numRuns: 60 },
    );
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
