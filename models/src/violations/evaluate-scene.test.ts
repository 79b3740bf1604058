import { describe, expect, test } from "vitest";
import type { BoxNorm } from "../scene/index.ts";
import { evaluateScene } from "./evaluate-scene.ts";
import { crate, flagsOf, ground, looksOf, sceneOf, span, thing } from "./testing/scene-looks.ts";

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

describe("what stands before a place proves no absence", () => {
  const van = thing("truck", [0.3, 0.3, 0.3, 0.4], 0.9);
  /** The crate is there in [fromS, toS), a van stands before it in [vanFromS, vanToS). */
  const seenAs = (crateS: [number, number], vanS: [number, number], lengthS = 300) =>
    looksOf(lengthS, 2, (s) => {
      if (s >= vanS[0] && s < vanS[1]) return [van];
      return s >= crateS[0] && s < crateS[1] ? [crate] : [];
    });

  test("hidden for up to twice the grace time it is bridged, longer it is not", () => {
    expect(flagsOf(sceneOf({}), seenAs([0, 401], [150, 184], 400)).map(span)).toEqual([[0, 400]]);
    expect(flagsOf(sceneOf({}), seenAs([0, 401], [150, 220], 400))).toHaveLength(2);
  });

  test("a miss before, between and after people who pass by is not added up with the time they hid it", () => {
    const person = thing("person", [0.35, 0.3, 0.2, 0.4], 0.9);
    const misses = new Set([100, 106, 112]);
    const looks = looksOf(300, 2, (s) => (misses.has(s) ? [] : s > 100 && s < 112 ? [person] : [crate]));
    const [flag, ...more] = flagsOf(sceneOf({ graceS: 8 }), looks);
    expect(more).toEqual([]);
    expect(span(flag)).toEqual([0, 300]);
  });

  test("where it came or went unseen, the middle of that time is told, and the hidden stretch is blind", () => {
    const [flag, ...more] = flagsOf(sceneOf({}), seenAs([56, 164], [50, 60]));
    expect(more).toEqual([]);
    // last plain view 48 s, first sighting 60 s
    expect(span(flag)).toEqual([54, 162]);
    expect(flag?.dwellMs).toBe(102_000);
    const [ends] = flagsOf(sceneOf({}), seenAs([20, 164], [158, 166]));
    // last sighting 156 s, plain view again 166 s
    expect(span(ends)).toEqual([20, 161]);
    expect(ends?.intervals.map(({ state, fromMs, toMs }) => [state, (toMs - fromMs) / 1000])).toEqual([
      ["present", 136],
      ["blind", 5],
    ]);
  });

  test("who passes behind it, or beside it, hides nothing", () => {
    const behind = thing("truck", [0.3, 0.2, 0.3, 0.35], 0.9);
    const looks = looksOf(300, 2, (s) => (s < 150 ? [crate] : s < 160 ? [behind] : []));
    expect(flagsOf(sceneOf({}), looks).map(span)).toEqual([[0, 148]]);
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

  test("a phantom elsewhere in the zone that is half as sure does not stretch it either", () => {
    const flags = flagsOf(
      sceneOf({}),
      looksOf(300, 2, (s) => [
        thing("goods", [0.2, 0.5, 0.1, 0.1], 0.4),
        ...(s >= 50 && s < 150 ? [thing("goods", crate.boxNorm, 0.9)] : []),
      ]),
    );
    expect(flags.map(span)).toEqual([[50, 148]]);
  });

  test("what is always there must be as sure as the rule asks of such; once it goes it counts like all", () => {
    const weak = thing("goods", crate.boxNorm, 0.5);
    const always = looksOf(300, 2, () => [weak]);
    expect(flagsOf(sceneOf({}), always).map(span)).toEqual([[0, 300]]);
    expect(flagsOf(sceneOf({ minScoreFromStart: 0.7 }), always)).toEqual([]);
    expect(flagsOf(sceneOf({ minScoreFromStart: 0.4 }), always)).toHaveLength(1);
    const goes = looksOf(300, 2, (s) => (s < 200 ? [weak] : []));
    expect(flagsOf(sceneOf({ minScoreFromStart: 0.7 }), goes).map(span)).toEqual([[0, 198]]);
    const comes = looksOf(300, 2, (s) => (s >= 50 ? [weak] : []));
    expect(flagsOf(sceneOf({ minScoreFromStart: 0.7 }), comes).map(span)).toEqual([[50, 300]]);
    const beside = looksOf(300, 2, (s) => [
      weak,
      ...(s >= 50 && s < 150 ? [thing("goods", [0.6, 0.5, 0.1, 0.1], 0.6)] : []),
    ]);
    expect(flagsOf(sceneOf({ minScoreFromStart: 0.7 }), beside).map(span)).toEqual([[50, 148]]);
  });

  test("a puddle that goods are put on and taken from again is there all the time: it does not stretch their act", () => {
    const puddle = thing("goods", [0.4, 0.55, 0.16, 0.08], 0.6);
    const goods = thing("goods", crate.boxNorm, 0.7);
    const looks = looksOf(300, 2, (s) => [s >= 50 && s < 150 ? goods : puddle]);
    expect(flagsOf(sceneOf({}), looks).map(span)).toEqual([[0, 300]]);
    expect(flagsOf(sceneOf({ minScoreFromStart: 0.7 }), looks).map(span)).toEqual([[50, 148]]);
  });

  test("what is there only after all that is sure must be nearly as sure; beside it half as sure is enough", () => {
    const sure = thing("goods", crate.boxNorm, 0.9);
    const elsewhere = (score: number) => thing("goods", [0.6, 0.5, 0.1, 0.1], score);
    const followed = (score: number) =>
      looksOf(300, 2, (s) => (s < 50 ? [] : s < 150 ? [sure] : s < 200 ? [elsewhere(score)] : []));
    expect(flagsOf(sceneOf({}), followed(0.5)).map(span)).toEqual([[50, 148]]);
    expect(flagsOf(sceneOf({}), followed(0.65)).map(span)).toEqual([[50, 198]]);
    const beside = looksOf(300, 2, (s) => [
      ...(s >= 50 && s < 150 ? [sure] : []),
      ...(s >= 80 && s < 200 ? [elsewhere(0.5)] : []),
    ]);
    expect(flagsOf(sceneOf({}), beside).map(span)).toEqual([[50, 198]]);
  });

  test("what shows once the goods are gone, at their place and far less sure than they were, is not the goods", () => {
    const left = (s: number) => thing("goods", [0.4, 0.55, 0.14, 0.06], s % 10 === 0 ? 0.5 : 0.28);
    const looks = looksOf(300, 2, (s) => (s < 50 ? [] : s < 150 ? [thing("goods", crate.boxNorm, 0.9)] : [left(s)]));
    expect(flagsOf(sceneOf({ minScore: 0.4 }), looks).map(span)).toEqual([[50, 148]]);
  });

  test("a phantom left behind does not stretch a strong presence", () => {
    const flags = flagsOf(
      sceneOf({}),
      looksOf(300, 2, (s) => [thing("goods", crate.boxNorm, s < 150 ? 0.9 : 0.3)]),
    );
    expect(flags.map(span)).toEqual([[0, 148]]);
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

  test("an act and a passage go on over midnight where the rule does", () => {
    const active = { days: "1-7", from: "00:00", to: "24:00" };
    const evening = Date.parse("2026-05-01T23:30:00+08:00");
    const parked = looksOf(3600, 2, () => [thing("car", crate.boxNorm)], evening);
    const carFlags = flagsOf(sceneOf({ violation: "SIDEWALK_PARK", dwellS: 180, active }), parked);
    expect(carFlags.map((f) => [f.fromMs - evening, f.toMs - evening])).toEqual([[0, 3_600_000]]);
    const gate = sceneOf(
      { violation: "TRUCK_UNCOVERED", dwellS: 0, graceS: 3, minScore: 0.5, active },
      { lookEveryS: 0.5 },
    );
    const through = looksOf(
      10,
      0.5,
      (s) => [thing("truck", [0.1 + 0.06 * s, 0.4, 0.15, 0.2], 0.9)],
      Date.parse("2026-05-01T23:59:55+08:00"),
    );
    expect(flagsOf(gate, through)).toHaveLength(1);
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
