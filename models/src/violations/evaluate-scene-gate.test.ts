import { describe, expect, test } from "vitest";
import type { BoxNorm, Detection, Look, PointNorm } from "../scene/index.ts";
import { type Finding, reportScene } from "./evaluate-scene.ts";
import { advanceScene, emptySceneState } from "./evaluate-scene-state.ts";
import { watchedPlaces } from "./resolve-rule.ts";
import { flagsOf, looksOf, noise, sceneOf, span, thing } from "./testing/scene-looks.ts";

const gateRule = { violation: "TRUCK_UNCOVERED", dwellS: 0, graceS: 3, minScore: 0.5 };
const gate = sceneOf(gateRule, { lookEveryS: 0.5 });

/** A truck that drives through from left to right within `lengthS`, from -0.1 to 0.9 of the picture. */
const drive = (s: number, fromS: number, lengthS = 6, y = 0.4): Detection[] =>
  s >= fromS && s < fromS + lengthS ? [thing("truck", [-0.1 + ((s - fromS) / lengthS) * 1.0, y, 0.25, 0.2])] : [];
const parked = (score = 0.55): Detection => thing("truck", [0.7, 0.65, 0.12, 0.12], score);

const passages = (looks: readonly Look[], scene = gate): Finding[] => flagsOf(scene, looks);

describe("a gate counts every truck once", () => {
  test("one that drives through is one flag, the next one another", () => {
    const flags = passages(looksOf(40, 0.5, (s) => [...drive(s, 4), ...drive(s, 20)]));
    expect(flags).toHaveLength(2);
    expect(flags.map((f) => [Math.floor(span(f)[0] / 16), f.isOpen])).toEqual([
      [0, false],
      [1, false],
    ]);
  });

  test("two that follow within the grace time are two", () => {
    const flags = passages(looksOf(40, 0.5, (s) => [...drive(s, 4), ...drive(s, 10.5)]));
    expect(flags).toHaveLength(2);
  });

  test("two in the gate together are two, with different ids even where they began at one instant", () => {
    const flags = passages(looksOf(40, 0.5, (s) => [...drive(s, 4, 6, 0.3), ...drive(s, 4, 6, 0.5)]));
    expect(flags).toHaveLength(2);
    expect(new Set(flags.map((f) => f.id)).size).toBe(2);
    expect(flags.map((f) => f.id.endsWith(".2")).sort()).toEqual([false, true]);
    expect(new Set(flags.flatMap((f) => f.spots.map((spot) => spot.track))).size).toBe(2);
  });

  test("two that come towards each other and pass in the gate are two", () => {
    const back = (s: number, fromS: number): Detection[] =>
      s >= fromS && s < fromS + 6 ? [thing("truck", [0.9 - ((s - fromS) / 6) * 1.0, 0.46, 0.25, 0.2])] : [];
    expect(passages(looksOf(40, 0.5, (s) => [...drive(s, 4), ...back(s, 5)]))).toHaveLength(2);
  });

  test("one whose box flickers and is hidden for two seconds is one", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = noise(seed);
      const looks = looksOf(40, 0.5, (s) => (random() < 0.2 || (s > 8 && s < 10) ? [] : drive(s, 4, 10)));
      expect(passages(looks), `seed ${seed}`).toHaveLength(1);
    }
  });

  test("one whose box breaks into cab and bed for a time is one", () => {
    const broken = (s: number, split: (s: number) => boolean): Detection[] =>
      drive(s, 4, 10).flatMap((d) => {
        const [x, y, w, h] = d.boxNorm;
        if (!split(s)) return [d];
        return [thing("truck", [x, y, 0.58 * w, h], 0.6), thing("truck", [x + 0.6 * w, y, 0.4 * w, h], 0.65)];
      });
    for (const split of [(s: number) => s > 7 && s < 10, (s: number) => s < 7, (s: number) => Math.floor(s) % 3 === 0])
      expect(passages(looksOf(40, 0.5, (s) => broken(s, split)))).toHaveLength(1);
  });

  test("one that comes as whole and part at once is one", () => {
    const looks = looksOf(40, 0.5, (s) =>
      drive(s, 4, 10).flatMap((d) => {
        const [x, y, w, h] = d.boxNorm;
        return [d, thing("truck", [x + 0.55 * w, y, 0.42 * w, h], 0.6)];
      }),
    );
    expect(passages(looks)).toHaveLength(1);
  });

  test("a car that is called truck in three looks of ten is none, and the record says why", () => {
    const looks = looksOf(40, 0.5, (s) =>
      drive(s, 4, 10).map((d) => (Math.round(s * 2) % 8 < 2 ? d : { ...d, role: "car" as const, label: "car" })),
    );
    expect(passages(looks)).toEqual([]);
    const places = watchedPlaces(gate);
    const state = emptySceneState();
    for (const look of looks) advanceScene(state, look, gate, places);
    const [rejected] = reportScene(state, gate, places).flatMap((report) => report.rejected);
    const failed = rejected?.trace.filter(({ passed }) => !passed);
    expect(failed?.map(({ filter }) => filter)).toEqual(["roles"]);
    expect(failed?.[0]?.note?.en).toContain("% of its looks");
  });

  test("one that the model calls car and truck by turns is one", () => {
    const looks = looksOf(40, 0.5, (s) =>
      drive(s, 4, 10).map((d) => (Math.round(s * 2) % 3 === 0 ? { ...d, role: "car" as const, label: "car" } : d)),
    );
    expect(passages(looks)).toHaveLength(1);
  });

  test("one that stops in the gate for three minutes and goes on is one", () => {
    const at = (s: number): BoxNorm => {
      const progress = s < 8 ? s - 4 : s < 188 ? 4 : s - 184;
      return [-0.1 + (progress / 8) * 1.0, 0.4, 0.25, 0.2];
    };
    const random = noise(3);
    const looks = looksOf(240, 0.5, (s) => (s >= 4 && s < 192 && random() > 0.2 ? [thing("truck", at(s))] : []));
    const flags = passages(looks);
    expect(flags).toHaveLength(1);
    expect(span(flags[0])[1]).toBeGreaterThan(185);
  });

  test("one that stands in the gate, hidden for a while by another that passes, is one beside the other", () => {
    const standing = (s: number): Detection[] => {
      if (s < 4 || s >= 72) return [];
      const x = s < 8 ? -0.1 + (s - 4) * 0.11 : s < 68 ? 0.34 : 0.34 + (s - 68) * 0.12;
      return s > 30 && s < 36 ? [] : [thing("truck", [x, 0.4, 0.2, 0.18])];
    };
    const looks = looksOf(90, 0.5, (s) => [...standing(s), ...drive(s, 30, 6, 0.44)]);
    expect(passages(looks)).toHaveLength(2);
  });

  test("one that was parked there when the stream began is scenery, however its box flickers", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = noise(seed);
      const looks = looksOf(250, 0.5, (s) => [
        ...(random() < 0.6 ? [parked(0.4 + random() * 0.3)] : []),
        ...drive(s, 200),
        ...drive(s, 230),
      ]);
      expect(passages(looks), `seed ${seed}`).toHaveLength(2);
    }
  });

  test("a parked one that others hide while they pass stays scenery", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = noise(seed);
      const [x, y, w, h] = [0.45, 0.42, 0.2, 0.18];
      const looks = looksOf(120, 0.5, (s) => {
        const passing = [...drive(s, 20), ...drive(s, 50), ...drive(s, 80)];
        const isHidden = passing.some((d) => d.boxNorm[0] < x + w && d.boxNorm[0] + d.boxNorm[2] > x);
        return [...(isHidden || random() < 0.2 ? [] : [thing("truck", [x, y, w, h], 0.6)]), ...passing];
      });
      expect(passages(looks), `seed ${seed}`).toHaveLength(3);
    }
  });

  test("a parked one that sets off at last is one passage, from where it set off", () => {
    const looks = looksOf(300, 0.5, (s) =>
      [thing("truck", [s < 200 ? 0.3 : 0.3 + (s - 200) * 0.12, 0.4, 0.25, 0.2])].filter((d) => d.boxNorm[0] < 1),
    );
    const flags = passages(looks);
    expect(flags).toHaveLength(1);
    expect(span(flags[0])[0]).toBeGreaterThanOrEqual(198);
  });

  test("many trucks, one after another and side by side, with a fifth of the boxes missed and stray ones, are counted right", () => {
    let wrong = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const random = noise(seed);
      const starts = Array.from({ length: 8 }, (_, i) => ({
        fromS: 5 + i * 9 + random() * 5,
        y: random() < 0.5 ? 0.35 : 0.6,
      }));
      const shake = (): number => (random() - 0.5) * 0.012;
      const looks = looksOf(90, 0.5, (s) => [
        ...starts
          .flatMap(({ fromS, y }) => drive(s, fromS, 6, y))
          .filter(() => random() > 0.2)
          .map((d) => ({ ...d, boxNorm: d.boxNorm.map((edge) => edge + shake()) as unknown as BoxNorm })),
        ...(random() < 0.1 ? [thing("truck", [random() * 0.8, 0.2 + random() * 0.6, 0.12, 0.1], 0.55)] : []),
      ]);
      if (passages(looks).length !== starts.length) wrong++;
    }
    expect(wrong).toBe(0);
  });

  test("with a line only what crosses it counts, and in which direction", () => {
    const line: PointNorm[] = [
      [0.5, 0.95],
      [0.5, 0.05],
    ];
    const zones = gate.zones.map((zone) => ({ ...zone, line: line.map(([x, y]) => [x, y] as [number, number]) }));
    const scene = sceneOf(gateRule, { lookEveryS: 0.5, zones });
    const halfway = (s: number): Detection[] =>
      s >= 40 && s < 46 ? [thing("truck", [0.08 + (s - 40) * 0.03, 0.4, 0.2, 0.2])] : [];
    const back = (s: number): Detection[] =>
      s >= 60 && s < 66 ? [thing("truck", [0.9 - ((s - 60) / 6) * 1.0, 0.46, 0.25, 0.2])] : [];
    const flags = passages(
      looksOf(80, 0.5, (s) => [...drive(s, 4), ...halfway(s), ...back(s)]),
      scene,
    );
    expect(flags.map((f) => f.spots[0]?.crossed)).toEqual(["forward", "backward"]);
  });

  test("one that drives off after ten minutes nobody saw is another than the one that stood there before", () => {
    const at = (x: number): Detection[] => [thing("truck", [x, 0.4, 0.2, 0.2], 0.9)];
    const across = (unseenS: number) =>
      looksOf(40 + unseenS, 0.5, (s) => {
        if (s < 10) return at(0.1 + 0.05 * Math.min(s, 5));
        if (s < 10 + unseenS) return null;
        const goneS = s - 20 - unseenS;
        return goneS < 0 ? at(0.36) : goneS < 6 ? at(0.36 + 0.08 * goneS) : [];
      });
    const ends = (unseenS: number) => passages(across(unseenS)).map((f) => span(f).map((s) => Math.round(s / 10)));
    expect(ends(600)).toEqual([
      [0, 1],
      [61, 63],
    ]);
    expect(ends(60)).toEqual([[0, 9]]);
  });

  test("the load is left to a person", () => {
    const [flag] = passages(looksOf(20, 0.5, (s) => drive(s, 4)));
    expect(flag?.toJudge).toContain("cover");
  });
});

test("what passed between the last look at the right view and the finding that the camera was turned says so in its reasons", () => {
  const looks = looksOf(120, 0.5, (s) => drive(s, 31)).map((look): Look => {
    if (look.status === "missing" || look.offsetMs % 10_000 !== 0) return look;
    return { ...look, view: { verdict: look.offsetMs >= 30_000 ? "moved" : "same", visibility: "clear" } };
  });
  const turned = passages(looks);
  expect(turned).toHaveLength(1);
  const line = turned[0]?.trace.find(({ filter }) => filter === "visibility");
  expect(line).toMatchObject({ passed: true, note: { zh: expect.stringContaining("视角移动") } });
  expect(line?.value).toBe(((turned[0]?.toMs ?? 0) - (turned[0]?.fromMs ?? 0)) / 1_000);
  const stays = looks.map(
    (look): Look =>
      look.status === "seen" && look.view !== undefined
        ? { ...look, view: { verdict: "same", visibility: "clear" } }
        : look,
  );
  expect(passages(stays)[0]?.trace.some(({ filter }) => filter === "visibility")).toBe(false);
});
