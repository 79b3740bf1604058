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
const stateOf = (over: Partial<Device>, maintenanceEveryDays = 365) =>
  deviceFacts({ ...device, ...over }, source, capturedAt, { maxClockErrorMs: 1_000, maintenanceEveryDays }).device
    ?.stateAtCapture;

test("the review form names a device in use, and suspended where its clock, a turned view or overdue maintenance suspends it", () => {
  const clock = (offsetMs: number) => [
    { atMs: capturedAt.getTime() - 60_000, offsetMs, uncertaintyMs: 50, method: "manual" },
  ];
  expect(stateOf({ samples: clock(200) })).toBe(deviceStates.ACTIVE.zh);
  expect(stateOf({ samples: clock(4_000) })).toBe(deviceStates.SUSPENDED.zh);
  expect(stateOf({ viewMoved: true })).toBe(deviceStates.SUSPENDED.zh);
  expect(stateOf({}, 29)).toBe(deviceStates.SUSPENDED.zh);
});
