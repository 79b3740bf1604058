import { rtpTicksPerS } from "@mingcha/models/streams";
import { expect, test } from "vitest";
import { createSteadyClock } from "./steady-clock.ts";

const minuteMs = 60_000;
/** A device that is right, 100 ms away, watched by a machine whose wall clock stands `shiftMs` off. */
function world() {
  let shiftMs = 0;
  const clock = createSteadyClock(() => shiftMs);
  const send = (trueMs: number) => clock.packet((trueMs / 1_000) * rtpTicksPerS, trueMs + 100 + shiftMs);
  return {
    clock,
    set: (ms: number) => {
      shiftMs = ms;
    },
    play: (fromMs: number, toMs: number) => {
      for (let ms = fromMs; ms < toMs; ms += 40) send(ms);
    },
    report: (trueMs: number) => clock.report((trueMs / 1_000) * rtpTicksPerS, trueMs, trueMs + 100 + shiftMs),
  };
}

test.each([
  5_000, -5_000,
])("a machine that is set by %i ms is never held against arrivals of before: the device's offset goes with its clock at once", (setMs) => {
  const { clock, set, play, report } = world();
  play(0, minuteMs);
  report(minuteMs - 1_000);
  expect(clock.offset()).toMatchObject({ offsetMs: -100, scaleMs: 0, atMs: minuteMs - 900 });
  set(setMs);
  // not a packet since: the comparison is that of the clock as it stands now
  expect(clock.offset()).toMatchObject({ offsetMs: -100 - setMs, scaleMs: setMs, atMs: minuteMs - 900 + setMs });
  expect(clock.at(30)?.deviceMs).toBe(30_000);
  play(minuteMs, minuteMs + 2_000);
  report(minuteMs + 1_000);
  expect(clock.offset()).toMatchObject({ offsetMs: -100 - setMs, scaleMs: setMs, atMs: minuteMs + 1_100 + setMs });
});

test("a wall clock that only drifts is followed by nothing", () => {
  const { clock, set, play, report } = world();
  play(0, minuteMs);
  set(60);
  report(minuteMs - 1_000);
  expect(clock.offset()).toMatchObject({ scaleMs: 0 });
});
