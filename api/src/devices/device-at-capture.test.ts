import { expect, test } from "vitest";
import { clockOverAct } from "./device-at-capture.ts";

const hourMs = 3_600_000;
const act = { from: new Date(0), to: new Date(10 * hourMs) };
const sample = (hours: number, offsetMs: number, method = "rtcp") => ({
  atMs: hours * hourMs,
  offsetMs,
  uncertaintyMs: 50,
  method,
});

test("over a long act the clock is judged where it may have gone off most, in the middle between two comparisons", () => {
  // five hours at 20 parts in a million are 360 ms
  expect(clockOverAct([sample(0, 100), sample(10, 100)], act)).toMatchObject({ errorMs: 150 + 360, driftMs: 360 });
  expect(clockOverAct([sample(0, 100), sample(5, 100), sample(10, 100)], act)?.errorMs).toBe(150 + 180);
});

test("a clock that was set and set back during the act is judged by what it was meanwhile; one end out of reach leaves it unknown", () => {
  expect(clockOverAct([sample(-1, 0), sample(5, 9_000), sample(11, 0)], act)?.sample.offsetMs).toBe(9_000);
  expect(clockOverAct([sample(-20, 0)], act)).toBeNull();
});
