import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockErrorAt, clockReachMs, samplesAround } from "./clock.ts";
import { type DeviceRecord, deviceStateAt, metrologyAt, requirementsAt } from "./compliance.ts";
import { type DeviceRecordCode, deviceRecordCodes, deviceRecordKinds, requiredRecords } from "./kinds.ts";

const day = 86_400_000;
const record = (kind: DeviceRecordCode, from: number, to: number | null = null, recorded = from): DeviceRecord => ({
  kind,
  fromMs: from * day,
  toMs: to === null ? null : to * day,
  recordedAtMs: recorded * day,
});
const complete = [
  record("legal_review", 1),
  record("technical_review", 2),
  record("standard", 2),
  record("sign", 3),
  record("publication", 4),
  record("metrology_exempt", 4),
];
const stateOn = (records: DeviceRecord[], at: number, kind = "fixed") => deviceStateAt(records, kind, at * day);

describe("the state of a device is what its records say at that instant", () => {
  test("planned, reviewed, active: each step needs its records", () => {
    expect([0, 1, 2, 3, 4].map((at) => stateOn(complete, at))).toEqual([
      "PLANNED",
      "PLANNED",
      "REVIEWED",
      "REVIEWED",
      "ACTIVE",
    ]);
  });
  test("a sign put up after the capture does not count, one taken down later does not spoil it", () => {
    const sign = (from: number, to: number | null) => [
      ...complete.filter(({ kind }) => kind !== "sign"),
      record("sign", from, to),
    ];
    expect(stateOn(sign(11, null), 10)).toBe("REVIEWED");
    expect(stateOn(sign(3, 11), 10)).toBe("ACTIVE");
  });
  test("what lapses suspends it until it is renewed", () => {
    const certified = complete.filter(({ kind }) => kind !== "metrology_exempt").concat(record("metrology", 4, 10));
    expect([9, 10, 11].map((at) => stateOn(certified, at))).toEqual(["ACTIVE", "SUSPENDED", "SUSPENDED"]);
    expect(stateOn([...certified, record("metrology", 12, 20)], 13)).toBe("ACTIVE");
  });
  test("an order suspends it for its time, retirement for good", () => {
    const stopped = [...complete, record("suspension", 6, 8)];
    expect([5, 6, 7, 8].map((at) => stateOn(stopped, at))).toEqual(["ACTIVE", "SUSPENDED", "SUSPENDED", "ACTIVE"]);
    expect(stateOn([...complete, record("retirement", 9)], 20)).toBe("RETIRED");
  });
  test("a patrol car needs its marking and its area, not a sign; a drone is no such device at all", () => {
    expect(stateOn(complete, 10, "patrol")).toBe("REVIEWED");
    expect(stateOn([...complete, record("vehicle_mark", 1), record("area_publication", 1)], 10, "patrol")).toBe(
      "ACTIVE",
    );
    expect(requirementsAt(complete, "drone", 10)).toBeUndefined();
    expect(stateOn(complete, 10, "drone")).not.toBe("ACTIVE");
  });
});

test("each requirement says whether it is held, missing, came later or lapsed, and whether it was entered afterwards", () => {
  const records = [record("legal_review", 1, null, 9), record("sign", 8), record("publication", 1, 3)];
  expect(requirementsAt(records, "fixed", 5 * day)).toEqual([
    { kind: "legal_review", status: "held", recordedLater: true },
    { kind: "technical_review", status: "missing", recordedLater: false },
    { kind: "standard", status: "missing", recordedLater: false },
    { kind: "sign", status: "not_yet", recordedLater: false },
    { kind: "publication", status: "lapsed", recordedLater: false },
  ]);
});

test("metrology is settled by a certificate in force or by the statement that none is needed", () => {
  expect(metrologyAt([], 5 * day)).toBe("unsettled");
  expect(metrologyAt([record("metrology", 1, 5)], 5 * day)).toBe("unsettled");
  expect(metrologyAt([record("metrology", 1, 6)], 5 * day)).toBe("certified");
  expect(metrologyAt([record("metrology_exempt", 1)], 5 * day)).toBe("exempt");
});

test("records of after an instant never change the state at it, whatever they are", () => {
  const any = fc.record({
    kind: fc.constantFrom(...deviceRecordCodes),
    fromMs: fc.integer({ min: 11, max: 100 }).map((at) => at * day),
    toMs: fc.option(fc.integer({ min: 101, max: 200 }).map((at) => at * day)),
    recordedAtMs: fc.constant(0),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 8 }), (later) => {
      expect(deviceStateAt([...complete, ...later], "fixed", 10 * day)).toBe("ACTIVE");
      expect(deviceStateAt([...complete.slice(1), ...later], "fixed", 10 * day)).toBe("PLANNED");
    }),
  );
});

describe("the clock at a capture", () => {
  const sample = (atMs: number, offsetMs: number, uncertaintyMs = 0) => ({ atMs, offsetMs, uncertaintyMs });
  test("the nearest sample on each side counts, the worse one decides, its own error included", () => {
    const samples = [sample(0, 9_000), sample(50, -300, 20), sample(150, 200)];
    expect(samplesAround(samples, 100)).toEqual({ before: samples[1], after: samples[2] });
    expect(clockErrorAt(samples, 100)).toBe(320);
  });
  test("without a sample within a day nothing is known", () => {
    expect(clockErrorAt([], 0)).toBeNull();
    expect(clockErrorAt([sample(-clockReachMs - 1, 0), sample(clockReachMs + 1, 0)], 0)).toBeNull();
    // a day at 20 parts in a million
    expect(clockErrorAt([sample(clockReachMs, 40)], 0)).toBe(40 + 1_728);
  });
});

test("every requirement is a kind, with a name in both languages, its basis, and somebody who may enter it", () => {
  for (const kinds of Object.values(requiredRecords))
    expect(kinds.every((kind) => kind in deviceRecordKinds)).toBe(true);
  for (const { zh, en, basis, by } of Object.values(deviceRecordKinds))
    expect([zh, en, basis].every((text) => text.length > 0) && by.length > 0).toBe(true);
  expect(deviceRecordKinds.legal_review.by).not.toContain("technical_reviewer");
});
