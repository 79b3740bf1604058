import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ClockSample,
  clockDenialsAt,
  clockDisagreements,
  clockDoubtsAt,
  clockErrorAt,
  clockReachMs,
  isMeasuredOver,
  samplesAround,
} from "./clock.ts";
import { clockMethods, measuringMethods, methodsOfStream } from "./clock-methods.ts";
import { clockReasons } from "./clock-reasons.ts";
import {
  againstBeijing,
  hostClockReasons,
  hostConditionOf,
  hostLimitMs,
  hostReachMs,
  unknownHostMs,
} from "./host-clock.ts";
import { halfOf, middleOf, narrow, spanOf, waitForTurnMs } from "./whole-seconds.ts";

const hourMs = 3_600_000;
const sample = (method: string, atMs: number, offsetMs: number, uncertaintyMs: number): ClockSample => ({
  method,
  atMs,
  offsetMs,
  uncertaintyMs,
});

describe("of several methods", () => {
  test("the surest counts on each side of a capture, and none is averaged", () => {
    const samples = [
      sample("rtcp", -hourMs, 100, 200),
      sample("onvif", -hourMs, 140, 60),
      sample("http", hourMs, 300, 510),
      sample("rtcp", 2 * hourMs, 90, 200),
    ];
    const { before, after } = samplesAround(samples, 0);
    expect([before, after]).toEqual([samples[1], samples[3]]);
    expect(clockErrorAt(samples, 0)).toBe(290 + 72);
  });

  test("an old sure one gives way to a fresh one that may be less off by now", () => {
    const samples = [sample("onvif", -20 * hourMs, 0, 60), sample("rtcp", -60_000, 900, 210)];
    expect(samplesAround(samples, 0).before).toBe(samples[1]);
  });

  test("the error holds what the clock may have gone off to the capture, since the nearer one where both sides find it the same", () => {
    const old = sample("onvif", -12 * hourMs, 100, 60);
    expect(clockErrorAt([old], 0)).toBe(160 + 864);
    // unknown, not wrong: nobody measured it over the limit
    expect(isMeasuredOver([old], 0, 1_000)).toBe(false);
    expect(isMeasuredOver([sample("onvif", -12 * hourMs, 950, 60)], 0, 1_000)).toBe(true);
    expect(clockErrorAt([old, sample("onvif", hourMs, 120, 60)], 0)).toBe(180 + 72);
    // set between the two: each speaks for itself
    expect(clockErrorAt([old, sample("onvif", hourMs, 2_000, 60)], 0)).toBe(2_060 + 72);
    expect(clockErrorAt([sample("onvif", -12 * hourMs, 2_000, 60), sample("onvif", hourMs, 120, 60)], 0)).toBe(2_924);
  });

  test("one that is surely over the limit speaks against a surer one that is within, until the same method finds the clock right nearer to the capture", () => {
    const counted = sample("rtcp", -60_000, 100, 200);
    const denies = (other: ClockSample) => clockDenialsAt([counted, other], 0, 1_000);
    expect(denies(sample("onvif", -60_000, -37_000, 400))).toMatchObject([{ counted, leastMs: 36_599 }]);
    // what its error leaves open says nothing
    expect(denies(sample("http", -60_000, 1_500, 510))).toEqual([]);
    expect(denies(sample("onvif", -10 * hourMs, 1_700, 60))).toEqual([]);
    expect(denies(sample("manual", 60_000, 3_000, 100))).toEqual([]);
    expect(denies(sample("manual", -60_000, 3_000, 100))).toHaveLength(1);
    const early = sample("onvif", -2 * hourMs, 37_000, 400);
    expect(clockDenialsAt([counted, early, sample("onvif", -hourMs, 50, 400)], 0, 1_000)).toEqual([]);
  });

  test("a person's reading counts only where no machine measured within reach", () => {
    const read = sample("manual", -1_000, 0, 0);
    expect(samplesAround([read, sample("http", -23 * hourMs, 400, 810)], 0).before?.method).toBe("http");
    expect(samplesAround([read, sample("http", -clockReachMs - 1, 400, 810)], 0).before).toBe(read);
  });

  test("those apart by more than both errors and the drift between them disagree, others do not", () => {
    const one = sample("rtcp", -1_000, 0, 200);
    expect(clockDisagreements([one, sample("onvif", -1_000, 261, 60)], 0)).toHaveLength(1);
    expect(clockDisagreements([one, sample("onvif", -1_000, 260, 60)], 0)).toEqual([]);
    // 20 h at 20 parts in a million are 1.4 s
    expect(clockDisagreements([one, sample("onvif", -20 * hourMs, 1_600, 60)], 0)).toEqual([]);
    const doubts = clockDoubtsAt([one, sample("onvif", -1_000, 37_000, 60)], 0);
    expect(doubts).toHaveLength(1);
    expect(doubts[0]?.zh).toContain("+37.000 ± 0.060 s");
    expect(doubts[0]?.en).toContain("no mean is taken");
  });
});

test("a device's error counts what the machine's clock is off, the errors added", () => {
  const host = { aheadMs: 5_000, uncertaintyMs: 8, measuredAtMs: 0 };
  // 32 s ahead of a machine that is 5 s ahead
  expect(againstBeijing({ offsetMs: 32_000, uncertaintyMs: 60 }, host, 0)).toEqual({
    offsetMs: 37_000,
    uncertaintyMs: 68,
    hostAheadMs: 5_000,
    hostUncertaintyMs: 8,
  });
  expect(againstBeijing({ offsetMs: 0, uncertaintyMs: 60 }, host, hourMs).uncertaintyMs).toBe(60 + 80);
  for (const [known, atMs] of [
    [null, 0],
    [host, hostReachMs + 1],
  ] as const)
    expect(againstBeijing({ offsetMs: 5, uncertaintyMs: 60 }, known, atMs)).toEqual({
      offsetMs: 5,
      uncertaintyMs: 60 + unknownHostMs,
      hostAheadMs: null,
      hostUncertaintyMs: unknownHostMs,
    });
});

test("a machine's clock over the limit, its error counted, is told; one compared too long ago is unknown", () => {
  const clock = (aheadMs: number) => ({ aheadMs, uncertaintyMs: 10, measuredAtMs: 0 });
  expect(hostConditionOf(clock(hostLimitMs - 10), 0)).toBe("ok");
  expect(hostConditionOf(clock(-hostLimitMs + 9), 0)).toBe("over");
  expect(hostConditionOf(clock(0), hostReachMs + 1)).toBe("unknown");
  expect(hostConditionOf(null, 0)).toBe("unknown");
});

describe("a clock of whole seconds", () => {
  const device = { ahead: fc.integer({ min: -4_000_000, max: 4_000_000 }), trip: fc.integer({ min: 0, max: 900 }) };
  test("always lies within what one answer says: half a second and half the trip around the middle", () => {
    fc.assert(
      fc.property(
        device.ahead,
        device.trip,
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (aheadMs, tripMs, at, part) => {
          const askedMs = 1_700_000_000_000 + at;
          const readMs = askedMs + tripMs * part;
          const deviceMs = Math.floor((readMs + aheadMs) / 1_000) * 1_000;
          const span = spanOf({ askedMs, answeredMs: askedMs + tripMs, deviceMs });
          expect(Math.abs(middleOf(span) - aheadMs)).toBeLessThanOrEqual(halfOf(span));
          expect(halfOf(span)).toBe(500 + tripMs / 2);
        },
      ),
    );
  });

  test("is known within a tenth of a second after five questions at the turn, the truth never left out", () => {
    fc.assert(
      fc.property(device.ahead, fc.integer({ min: 0, max: 40 }), fc.nat({ max: 1e6 }), (aheadMs, tripMs, at) => {
        let nowMs = 1_700_000_000_000 + at;
        const readings = [];
        for (let nth = 0; nth < 5; nth += 1) {
          const readMs = nowMs + tripMs / 2;
          const deviceMs = Math.floor((readMs + aheadMs) / 1_000) * 1_000;
          readings.push({ askedMs: nowMs, answeredMs: nowMs + tripMs, deviceMs });
          const span = narrow(readings);
          if (span === null) throw new Error("contradicts itself");
          expect(Math.abs(middleOf(span) - aheadMs)).toBeLessThanOrEqual(halfOf(span));
          nowMs += tripMs;
          nowMs += waitForTurnMs(span, nowMs, tripMs / 2);
        }
        expect(halfOf(narrow(readings) ?? { leastMs: 0, mostMs: 9e9 })).toBeLessThan(100);
      }),
    );
  });

  test("that was set between two answers contradicts itself", () => {
    const reading = { askedMs: 0, answeredMs: 10, deviceMs: 0 };
    expect(narrow([reading, { askedMs: 100, answeredMs: 110, deviceMs: 5_000 }])).toBeNull();
  });
});

test("every method and every reason is told in both languages, and every kind of live source can be asked", () => {
  for (const { zh, en } of [
    ...Object.values(clockMethods),
    ...Object.values(clockReasons),
    ...Object.values(hostClockReasons),
  ])
    expect(/[\u4e00-\u9fff]/.test(zh) && en.length > 0).toBe(true);
  for (const kind of ["rtsp", "hls", "snapshot"] as const) expect(methodsOfStream(kind)).toContain("onvif");
  expect(new Set((["rtsp", "hls", "snapshot"] as const).flatMap(methodsOfStream))).toEqual(new Set(measuringMethods));
});
