import { deviceStates, requiredRecords } from "@mingcha/models/device";
import { expect, test } from "vitest";
import { deviceFacts } from "./device-facts.ts";

const capturedAt = new Date("2026-11-20T01:00:00Z");
const before = (days: number) => new Date(capturedAt.getTime() - days * 86_400_000);
type Device = Parameters<typeof deviceFacts>[0];

/** A fixed camera that had everything a month before the capture. */
const complete = [...(requiredRecords.fixed ?? []), "metrology_exempt" as const].map(
  (kind) =>
    ({
      kind,
      fromMs: before(30).getTime(),
      toMs: null,
      recordedAtMs: before(30).getTime(),
      row: { kind, validFrom: before(30), validTo: null, reference: "示例" },
    }) as unknown as Device["records"][number],
);
const device: Device = { records: complete, samples: [], viewMoved: false };
const source = { name: "甲", deviceId: null, kind: "fixed", kindTitle: "固定摄像机", timezone: "Asia/Shanghai" };
const act = { from: capturedAt, to: new Date(capturedAt.getTime() + 600_000) };
const factsOf = (over: Partial<Device>, maintenanceEveryDays = 365) =>
  deviceFacts({ ...device, ...over }, source, act, { maxClockErrorMs: 1_000, maintenanceEveryDays });
const stateOf = (...given: Parameters<typeof factsOf>) => factsOf(...given).device?.stateAtCapture;

test("the review form names a device in use, and suspended where its clock, a turned view or overdue maintenance suspends it", () => {
  const clock = (offsetMs: number) => [
    { atMs: capturedAt.getTime() - 60_000, offsetMs, uncertaintyMs: 50, method: "manual" },
  ];
  expect(stateOf({ samples: clock(200) })).toBe(deviceStates.ACTIVE.zh);
  expect(stateOf({ samples: clock(4_000) })).toBe(deviceStates.SUSPENDED.zh);
  expect(stateOf({ viewMoved: true })).toBe(deviceStates.SUSPENDED.zh);
  expect(stateOf({}, 29)).toBe(deviceStates.SUSPENDED.zh);
});

test("the review form prints the comparison that was judged with its error, not the one that lay nearest", () => {
  const sample = (afterMs: number, offsetMs: number) => ({
    atMs: capturedAt.getTime() + afterMs,
    offsetMs,
    uncertaintyMs: 50,
    method: "rtcp",
  });
  const { clock } = factsOf({ samples: [sample(-60_000, 20), sample(3_600_000, -640)] });
  expect(clock).toEqual({
    offsetMs: -640,
    uncertaintyMs: 50,
    // the sides differ by more than their errors: the later one's drift back to the beginning counts
    errorMs: 690 + 72,
    limitMs: 1_000,
    measuredAt: new Date(capturedAt.getTime() + 3_600_000).toISOString(),
    method: "设备上报（RTCP）",
  });
  expect(factsOf({ samples: [sample(-25 * 3_600_000, 20)] }).clock).toMatchObject({ offsetMs: null, errorMs: null });
});
