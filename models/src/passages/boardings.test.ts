import { describe, expect, test } from "vitest";
import type { BoxNorm } from "../geometry/box.ts";
import { type Boarding, followWalks, isAtVehicle, isSamePerson, type Walk, walkEndMs } from "./boardings.ts";

const car: BoxNorm = [0.4, 0.4, 0.15, 0.1];
const person = (x: number, y = 0.38): BoxNorm => [x, y, 0.035, 0.12];

describe("who is at a vehicle", () => {
  test("somebody at a door is, on either side; somebody a car's length away is not", () => {
    expect(isAtVehicle(person(0.54), car)).toBe(true);
    expect(isAtVehicle(person(0.45, 0.34), car)).toBe(true);
    expect(isAtVehicle(person(0.7), car)).toBe(false);
  });

  test("somebody much nearer to the camera only stands before its picture", () => {
    expect(isAtVehicle([0.45, 0.35, 0.08, 0.3], car)).toBe(false);
  });
});

describe("who vanished and who comes up", () => {
  const boards: Boarding = {
    kind: "boards",
    atMs: 10_000,
    track: 1,
    boxNorm: person(0.55),
    fromMs: 0,
    toMs: 10_000,
    velocity: [-0.03, 0],
    stop: "0.1",
  };
  const up = (atMs: number, boxNorm: BoxNorm): Pick<Walk, "first"> => ({ first: { atMs, boxNorm } });

  test("the same person farther along the way, when the way behind the car ends", () => {
    expect(isSamePerson(boards, up(15_000, person(0.39)))).toBe(true);
  });

  test("not before, not long after, not against the way, not a child", () => {
    expect(isSamePerson(boards, up(9_000, person(0.39)))).toBe(false);
    expect(isSamePerson(boards, up(40_000, person(0.39)))).toBe(false);
    expect(isSamePerson(boards, up(15_000, person(0.7)))).toBe(false);
    expect(isSamePerson(boards, up(15_000, [0.39, 0.43, 0.02, 0.06]))).toBe(false);
  });

  test("the same person at the same place, after standing hidden", () => {
    expect(isSamePerson(boards, up(30_000, person(0.56)))).toBe(true);
  });
});

test("a walk is over only when it was looked for in vain long enough, blind time left out", () => {
  const walk: Walk = {
    track: 1,
    first: { atMs: 0, boxNorm: person(0.5) },
    last: { atMs: 1000, boxNorm: person(0.5) },
    hits: 3,
    missedMs: 0,
    isJudged: false,
  };
  const soon = followWalks([walk], [], 100_000, 500);
  expect([soon.walks.length, soon.over.length]).toEqual([1, 0]);
  const later = followWalks(soon.walks, [], 101_000, walkEndMs);
  expect([later.walks.length, later.over.length]).toEqual([0, 1]);
});
