import { expect, test } from "vitest";
import { createArrivals } from "./arrivals.ts";

test("what is read behind a slow message counts as late until nothing waits any more; a message that was tried again does the same, one the broker kept is never prompt", () => {
  let ms = 0;
  const arrivals = createArrivals(
    () => new Date(ms),
    () => ms,
  );
  const read = (takesMs: number, { isLive = true, isRetried = false } = {}) => {
    const { isPrompt, atMs, beganMs } = arrivals.begin(isLive);
    expect(atMs).toBe(ms);
    ms += takesMs;
    return [isPrompt, arrivals.end(beganMs, isRetried)];
  };
  expect(read(3)).toEqual([true, false]);
  expect(read(3)).toEqual([true, false]);
  expect(read(900)).toEqual([true, true]);
  for (let waiting = 0; waiting < 50; waiting += 1) expect(read(3)).toEqual([false, false]);
  ms += 25;
  expect(read(3)).toEqual([true, false]);
  expect(read(3, { isRetried: true })).toEqual([true, true]);
  expect(read(3)).toEqual([false, false]);
  ms += 25;
  expect(read(3, { isLive: false })).toEqual([false, false]);
});
