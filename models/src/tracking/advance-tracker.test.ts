import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BoxNorm } from "../geometry/box.ts";
import type { Detection } from "../scene/look.ts";
import type { Role } from "../scene/role.ts";
import { advanceTracker, emptyTracker, type TrackerState, type TrackSighting } from "./advance-tracker.ts";
import { syntheticStreet } from "./evaluation/synthetic-street.ts";
import { trackerSettings } from "./settings.ts";

const settings = trackerSettings(200, 0.35);
const thing = (role: Role, boxNorm: BoxNorm, score = 0.7): Detection => ({ label: role, role, score, boxNorm });

/** Runs looks given as [ms, what is there]; a look that is missing is simply not given. */
function follow(
  looks: readonly (readonly [number, readonly Detection[]])[],
  state = emptyTracker(),
): TrackSighting[][] {
  return looks.map(([capturedAtMs, detections]) => advanceTracker(state, { capturedAtMs, detections }, settings));
}
const idsOf = (seen: readonly TrackSighting[][]): number[] => [...new Set(seen.flat().map((s) => s.trackId))];
const every = (fromMs: number, toMs: number, stepMs: number): number[] =>
  Array.from({ length: Math.floor((toMs - fromMs) / stepMs) + 1 }, (_, i) => fromMs + i * stepMs);
const driving = (ms: number, y = 0.5, speed = 0.2): BoxNorm => [0.05 + (speed * ms) / 1000, y, 0.15, 0.1];

test("two lorries in opposite lanes, the far one behind the near one, stay two", () => {
  const looks = every(0, 1000, 200).map(
    (ms) => [ms, [thing("truck", [0.3, 0.4, 0.3, 0.2]), thing("truck", [0.32, 0.385, 0.26, 0.16])]] as const,
  );
  expect(idsOf(follow(looks))).toEqual([1, 2]);
});

test("two people, one small before the other, stay two: only vehicles are boxed twice as a part and a whole", () => {
  const looks = every(0, 1000, 200).map(
    (ms) => [ms, [thing("person", [0.4, 0.4, 0.1, 0.3]), thing("person", [0.41, 0.5, 0.09, 0.19])]] as const,
  );
  expect(idsOf(follow(looks))).toEqual([1, 2]);
});

describe("one thing keeps one identity", () => {
  test("while it drives, at uneven intervals", () => {
    const times = [0, 180, 350, 700, 820, 1200, 1330, 1700, 2100, 2200];
    expect(idsOf(follow(times.map((ms) => [ms, [thing("car", driving(ms))]])))).toEqual([1]);
  });

  test("hidden for two seconds while it drives on", () => {
    const looks = every(0, 4000, 200).map(
      (ms) => [ms, ms > 800 && ms < 2800 ? [] : [thing("car", driving(ms, 0.5, 0.15))]] as const,
    );
    expect(idsOf(follow(looks))).toEqual([1]);
  });

  test("while its boxes are weak for a time", () => {
    const looks = every(0, 3000, 200).map(
      (ms) => [ms, [thing("car", driving(ms), ms > 600 && ms < 2000 ? 0.24 : 0.6)]] as const,
    );
    const seen = follow(looks);
    expect(idsOf(seen)).toEqual([1]);
    expect(seen.every((all) => all.length === 1)).toBe(true);
  });

  test("a lorry that is boxed whole and once more without its rear, under one name, while the boxes come and go by turns", () => {
    const looks = every(0, 2400, 200).map((ms, i) => {
      const [x, y, width, height] = driving(ms, 0.3, 0.1);
      const whole = thing("truck", [x, y, width, 2 * height], 0.5);
      const front = thing("truck", [x, y + height * 0.7, width * 0.9, height * 1.25], 0.8);
      return [ms, i % 4 === 1 ? [front] : i % 4 === 3 ? [whole] : [front, whole]] as const;
    });
    const seen = follow(looks);
    expect(idsOf(seen)).toEqual([1]);
    expect(seen.every((all) => all.length === 1)).toBe(true);
  });

  test("whether the model calls it car or truck, even both at once", () => {
    const looks = every(0, 2000, 200).map(
      (ms, i) =>
        [
          ms,
          i % 3 === 0
            ? [thing("truck", driving(ms))]
            : [thing("car", driving(ms), 0.6), thing("truck", driving(ms), 0.5)],
        ] as const,
    );
    const seen = follow(looks);
    expect(idsOf(seen)).toEqual([1]);
    expect(seen[1]?.[0]?.detections.map((d) => d.role)).toEqual(["car", "truck"]);
  });

  test("when two cars meet and pass each other", () => {
    const looks = every(0, 3600, 200).map((ms) => {
      const [a, b] = [driving(ms, 0.5), [0.8 - (0.2 * ms) / 1000, 0.52, 0.15, 0.1] as BoxNorm];
      return [ms, [thing("car", a), thing("car", b)]] as const;
    });
    const seen = follow(looks);
    expect(idsOf(seen)).toEqual([1, 2]);
    const [first, last] = [seen[0] ?? [], seen.at(-1) ?? []];
    expect(first[0]?.boxNorm[1]).toBe(last[0]?.boxNorm[1]);
  });
});

describe("different things keep apart", () => {
  test("a person in front of a car never becomes the car", () => {
    const looks = every(0, 1600, 200).map(
      (ms) =>
        [ms, ms < 800 ? [thing("car", [0.4, 0.4, 0.2, 0.3])] : [thing("person", [0.42, 0.4, 0.18, 0.3])]] as const,
    );
    const seen = follow(looks);
    const roles = new Map(seen.flat().map((s) => [s.trackId, s.role]));
    expect([...roles.values()]).toEqual(["car", "person"]);
  });

  test("a stray box is never confirmed, a thing seen twice is", () => {
    const seen = follow([
      [0, [thing("car", [0.1, 0.1, 0.1, 0.1])]],
      [200, [thing("car", [0.7, 0.7, 0.1, 0.1])]],
      [400, [thing("car", [0.7, 0.7, 0.1, 0.1])]],
    ]);
    expect(seen.map((all) => all.map((s) => [s.trackId, s.isNew, s.isConfirmed]))).toEqual([
      [[1, true, false]],
      [[2, true, false]],
      [[2, false, true]],
    ]);
  });

  test("a thing that comes long after another left is another", () => {
    const box: BoxNorm = [0.4, 0.4, 0.1, 0.1];
    const looks = every(0, 8000, 200).map((ms) => [ms, ms < 1000 || ms > 6000 ? [thing("car", box)] : []] as const);
    expect(idsOf(follow(looks))).toHaveLength(2);
  });
});

describe("missing looks say nothing", () => {
  test("a parked car outlasts any blind stretch, a longer search in vain ends it", () => {
    const parked = [thing("car", [0.4, 0.4, 0.1, 0.1])];
    expect(
      idsOf(
        follow([
          [0, parked],
          [200, parked],
          [600_000, parked],
          [600_200, parked],
        ]),
      ),
    ).toEqual([1]);
    const searched = every(400, 4000, 200).map((ms) => [ms, []] as const);
    expect(idsOf(follow([[0, parked], [200, parked], ...searched, [4200, parked]]))).toEqual([1, 2]);
  });

  test("a look that comes late or twice changes nothing", () => {
    const state = emptyTracker();
    follow(
      [
        [0, [thing("car", driving(0))]],
        [200, [thing("car", driving(200))]],
      ],
      state,
    );
    const before = JSON.stringify(state);
    expect(
      follow(
        [
          [200, []],
          [100, [thing("car", driving(5000))]],
        ],
        state,
      ),
    ).toEqual([[], []]);
    expect(JSON.stringify(state)).toBe(before);
  });
});

describe("the state", () => {
  test("goes through JSON between any two looks without changing a bit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.infiniteStream(fc.boolean()), (seed, restarts) => {
        const looks = syntheticStreet(seed, { lengthS: 12, everyS: 0.3 });
        const through = emptyTracker();
        let stored: TrackerState = emptyTracker();
        for (const look of looks) {
          if (restarts.next().value) stored = JSON.parse(JSON.stringify(stored)) as TrackerState;
          expect(advanceTracker(stored, look, settings)).toEqual(advanceTracker(through, look, settings));
        }
        expect(JSON.stringify(stored)).toBe(JSON.stringify(through));
      }),
      { numRuns: 12 },
    );
  });

  test("does not grow with time", () => {
    const sizeAfter = (lengthS: number): number => {
      const state = emptyTracker();
      const street = syntheticStreet(5, { lengthS: 20, everyS: 0.3 });
      for (let s = 0; s < lengthS; s += 20)
        for (const look of street)
          advanceTracker(state, { ...look, capturedAtMs: look.capturedAtMs + s * 1000 }, settings);
      return JSON.stringify(state).length;
    };
    expect(sizeAfter(600)).toBeLessThan(1.2 * sizeAfter(40));
  });

  test("holds a limited number of things, those seen last", () => {
    const state = emptyTracker();
    const grid = Array.from({ length: 30 }, (_, i) => thing("car", [(i % 6) / 6, Math.floor(i / 6) / 6, 0.1, 0.1]));
    const few = { ...settings, tracksMax: 20 };
    advanceTracker(state, { capturedAtMs: 0, detections: grid }, few);
    expect(state.tracks).toHaveLength(20);
  });
});
