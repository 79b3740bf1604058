import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runAtMost } from "./run-at-most.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a flood of asking runs once at once and once after the gap, and the last is never lost", () => {
  const run = vi.fn();
  const ask = runAtMost(run, 1_000);
  for (let n = 0; n < 500; n++) ask();
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10_000);
  expect(run).toHaveBeenCalledTimes(2);
  ask();
  expect(run).toHaveBeenCalledTimes(3);
});

test("what was cancelled runs no more", () => {
  const run = vi.fn();
  const ask = runAtMost(run, 1_000);
  ask();
  ask();
  ask.cancel();
  vi.advanceTimersByTime(5_000);
  expect(run).toHaveBeenCalledTimes(1);
});
