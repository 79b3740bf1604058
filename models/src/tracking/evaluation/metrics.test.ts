import { describe, expect, test } from "vitest";
import type { BoxNorm } from "../../geometry/box.ts";
import { clearMot } from "./clear-mot.ts";
import type { TrackFrame } from "./frames.ts";
import { hotaOf } from "./hota.ts";
import { identityScore } from "./identity-score.ts";

const left: BoxNorm = [0.1, 0.1, 0.1, 0.1];
const right: BoxNorm = [0.6, 0.6, 0.1, 0.1];

/** Two things over `looks` looks; `given` says which identity the tracker gave each, null for a miss. */
const framesOf = (looks: number, given: (look: number) => [number | null, number | null]): TrackFrame[] =>
  Array.from({ length: looks }, (_, i) => {
    const [a, b] = given(i);
    return {
      truth: [
        { id: 1, boxNorm: left },
        { id: 2, boxNorm: right },
      ],
      tracked: [...(a === null ? [] : [{ id: a, boxNorm: left }]), ...(b === null ? [] : [{ id: b, boxNorm: right }])],
    };
  });

describe("figures of a tracker, on cases counted by hand", () => {
  test("a perfect tracker scores 1 everywhere", () => {
    const frames = framesOf(10, () => [7, 8]);
    expect(clearMot(frames).mota).toBe(1);
    expect(identityScore(frames)).toBe(1);
    expect(hotaOf(frames).hota).toBeCloseTo(1, 12);
  });

  test("a track broken in the middle costs one switch, half an identity, and association 3/4", () => {
    const frames = framesOf(10, (i) => [i < 5 ? 7 : 9, 8]);
    expect(clearMot(frames)).toMatchObject({ switches: 1, misses: 0, falseBoxes: 0, mota: 1 - 1 / 20 });
    expect(identityScore(frames)).toBe((2 * 15) / 40);
    // Half of the hits belong to a pair that shares 5 of 10 boxes, the other half to one that shares all.
    expect(hotaOf(frames)).toMatchObject({ detection: 1, association: expect.closeTo(0.75, 12) });
    expect(hotaOf(frames).hota).toBeCloseTo(Math.sqrt(0.75), 12);
  });

  test("swapped identities cost two switches however well the boxes fit", () => {
    const frames = framesOf(10, (i) => (i < 6 ? [7, 8] : [8, 7]));
    expect(clearMot(frames)).toMatchObject({ switches: 2, mota: 1 - 2 / 20 });
    expect(identityScore(frames)).toBe((2 * 12) / 40);
    expect(hotaOf(frames).association).toBeCloseTo(0.6 * (6 / 14) + 0.4 * (4 / 16), 12);
  });

  test("a missed box is a miss, a stray one false, and neither is a switch", () => {
    const frames = framesOf(10, (i) => [i === 4 ? null : 7, 8]);
    frames[2] = {
      truth: frames[2]?.truth ?? [],
      tracked: [...(frames[2]?.tracked ?? []), { id: 99, boxNorm: [0, 0.9, 0.05, 0.05] }],
    };
    expect(clearMot(frames)).toMatchObject({ misses: 1, falseBoxes: 1, switches: 0, mota: 1 - 2 / 20 });
    expect(identityScore(frames)).toBe((2 * 19) / 40);
    expect(hotaOf(frames).detection).toBeCloseTo(19 / 21, 12);
  });

  test("a box that is off counts for the thresholds it reaches", () => {
    const shifted: BoxNorm = [left[0] + 0.05, left[1], left[2], left[3]];
    const frames: TrackFrame[] = [{ truth: [{ id: 1, boxNorm: left }], tracked: [{ id: 5, boxNorm: shifted }] }];
    // Overlap 1/3: reached by 0.05, 0.10 … 0.30, six of nineteen.
    expect(hotaOf(frames).hota).toBeCloseTo(6 / 19, 12);
    expect(clearMot(frames).mota).toBe(-1);
  });
});
