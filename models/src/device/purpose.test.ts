import { describe, expect, test } from "vitest";
import type { DeviceRecord } from "./compliance.ts";
import { type FlightStatement, flightLacks } from "./flight.ts";
import { purposeLacks } from "./purpose.ts";
import { suspensionsAt, watchedStateAt } from "./suspension.ts";

const day = 86_400_000;
const record = (kind: DeviceRecord["kind"], from = 0, to: number | null = null): DeviceRecord => ({
  kind,
  fromMs: from * day,
  toMs: to === null ? null : to * day,
  recordedAtMs: from * day,
});

const lawful: FlightStatement = {
  aircraftClass: "light",
  registration: "UAS1",
  operator: "大队",
  approval: null,
  noApprovalReason: "轻型，适飞空域，120 米以下",
  inFreeAirspace: true,
  byRelay: false,
  overCrowd: false,
  statedHeightM: null,
};
const approved = { ...lawful, approval: { number: "A-1", heightLimitM: 200 }, noApprovalReason: null };
const lacksOf = (over: Partial<FlightStatement>, heightM: number | null = 80) =>
  flightLacks({ ...lawful, ...over }, heightM).map(({ en }) => en);

describe("a lawful flight", () => {
  test("needs no approval as a light aircraft in free airspace up to 120 m, or has one with its height", () => {
    expect(lacksOf({})).toEqual([]);
    expect(lacksOf({}, 120)).toEqual([]);
    expect(lacksOf({ ...approved, inFreeAirspace: false, byRelay: true, overCrowd: true }, 180)).toEqual([]);
  });
  test.each<[string, Partial<FlightStatement>, number | null, string]>([
    ["no words why none was needed", { noApprovalReason: " " }, 80, "approval number"],
    ["controlled airspace", { inFreeAirspace: false }, 80, "controlled airspace"],
    ["relay flight", { byRelay: true }, 80, "relay flight"],
    ["a crowd below", { overCrowd: true }, 80, "over a crowd"],
    ["a medium aircraft", { aircraftClass: "medium" }, 80, "a medium aircraft"],
    ["no registration", { registration: "" }, 80, "registration"],
    ["no operator", { operator: " " }, 80, "operator"],
    ["a height nobody recorded", {}, null, "recorded true height"],
    ["121 m", {}, 121, "121 m, more than 120 m"],
    ["a micro aircraft at 60 m", { aircraftClass: "micro" }, 60, "more than 50 m"],
    ["a stated height above the recorded one", { statedHeightM: 130 }, 80, "130 m"],
    ["an approved height that was exceeded", approved, 201, "more than 200 m"],
  ])("is refused for %s", (_name, over, heightM, text) => {
    expect(lacksOf(over, heightM).join("; ")).toContain(text);
  });
  test("nobody stated is a lack of its own", () => expect(flightLacks(null, 80)).toHaveLength(1));
});

describe("the lawful purpose of a source (G-10)", () => {
  const facts = { sourceKind: "fixed", records: [] as DeviceRecord[], fromMs: 10 * day, toMs: 11 * day, flights: [] };
  test("an enforcement device holds by its register entry at capture, and not by a later one", () => {
    expect(purposeLacks({ ...facts, records: [record("legal_review", 1)] })).toEqual([]);
    expect(purposeLacks(facts)).toHaveLength(1);
    expect(purposeLacks({ ...facts, records: [record("legal_review", 12)] })).toHaveLength(1);
  });
  test("shared police video, a stranger's file and an unknown kind need a retrieval record over the whole act", () => {
    for (const sourceKind of ["shared_police", "file", "something"]) {
      expect(purposeLacks({ ...facts, sourceKind, records: [record("legal_review", 1)] })).toHaveLength(1);
      expect(purposeLacks({ ...facts, sourceKind, records: [record("retrieval", 9, 12)] })).toEqual([]);
      expect(purposeLacks({ ...facts, sourceKind, records: [record("retrieval", 9, 10.5)] })).toHaveLength(1);
    }
  });
  test("a drone needs a lawful flight for every original; an officer's recorder nothing more", () => {
    const flight = { statement: lawful, recordedHeightM: 80 };
    expect(purposeLacks({ ...facts, sourceKind: "drone", flights: [flight] })).toEqual([]);
    expect(purposeLacks({ ...facts, sourceKind: "drone", flights: [flight, null] })).toHaveLength(1);
    expect(purposeLacks({ ...facts, sourceKind: "body" })).toEqual([]);
  });
});

describe("why a device is suspended (H.3)", () => {
  const complete = [
    ...(["legal_review", "technical_review", "standard", "publication", "metrology_exempt"] as const).map((kind) =>
      record(kind),
    ),
    record("sign"),
  ];
  const watch = { samples: [], clockLimitMs: 1_000, maintenanceEveryDays: 365, viewMoved: false };
  const at = 10 * day;
  const certified = [...complete.filter(({ kind }) => kind !== "metrology_exempt"), record("metrology", 0, 9)];
  test("a complete device is in use and names nothing", () => {
    expect(watchedStateAt(complete, "fixed", at, watch)).toBe("ACTIVE");
    expect(suspensionsAt(complete, "fixed", at, watch)).toEqual([]);
  });
  test.each<[string, DeviceRecord[], Partial<typeof watch>]>([
    ["certificate expired", certified, {}],
    ["clock offset", complete, { samples: [{ atMs: at, offsetMs: 1_200, uncertaintyMs: 0 }] as never }],
    ["sign missing", [...complete, record("sign_missing", 9)], {}],
    ["moved or turned", [...complete, record("view_moved", 9)], {}],
    ["picture shows that it was moved", complete, { viewMoved: true }],
    ["publication withdrawn", [...complete, record("publication_withdrawn", 9)], {}],
    ["suspended", [...complete, record("suspension", 9)], {}],
    ["maintenance overdue", complete, { maintenanceEveryDays: 9 }],
  ])("%s", (name, records, over) => {
    expect(watchedStateAt(records, "fixed", at, { ...watch, ...over })).toBe("SUSPENDED");
    const reasons = suspensionsAt(records, "fixed", at, { ...watch, ...over }).map(({ en }) => en.toLowerCase());
    expect(
      reasons.some((reason) => reason.includes(name)),
      reasons.join("; "),
    ).toBe(true);
  });
  test("a test in between sets the period back; a later event spoils nothing", () => {
    const tested = [...complete, record("maintenance", 8)];
    expect(watchedStateAt(tested, "fixed", at, { ...watch, maintenanceEveryDays: 9 })).toBe("ACTIVE");
    expect(watchedStateAt([...complete, record("sign_missing", 11)], "fixed", at, watch)).toBe("ACTIVE");
  });
});
