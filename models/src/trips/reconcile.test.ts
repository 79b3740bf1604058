import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DisposalFact } from "../objects/facts.ts";
import { findingsOf, movesFrom, planLeads } from "./leads.ts";
import { eventKey, type GatePass, type TippingEntry, type TruckEvent } from "./observations.ts";
import { reconcileTrips } from "./reconcile.ts";
import { unchanging } from "./register-history.ts";
import { houseTripSettings } from "./settings.ts";
import {
  demoOtherTip,
  demoSite,
  demoTip,
  permitFact,
  registerOf,
  type SimulatedDay,
  seeded,
  simulateDay,
} from "./simulate-day.ts";
import type { Check, Trip, TripRule } from "./trip.ts";

const timezone = "Asia/Shanghai";
const minute = 60_000;
const reconcile = (day: SimulatedDay, over: Partial<Parameters<typeof reconcileTrips>[0]> = {}) =>
  reconcileTrips({
    ...day,
    register: unchanging(day.register),
    settings: houseTripSettings,
    timezone,
    usedT: new Map(),
    ...over,
  });
const foundIn = (trips: Trip[]) => findingsOf(trips).map(({ rule, trip }) => ({ rule, plate: trip.plate }));
const sorted = <Row extends { rule: string; plate: string }>(rows: Row[]) =>
  rows.map(({ rule, plate }) => `${plate} ${rule}`).sort();

describe("a simulated day of forty trucks", () => {
  test.each([1, 2, 3, 4, 5])("(seed %i): what was planted is found, and nothing else", (seed) => {
    const day = simulateDay({ seed });
    expect(sorted(foundIn(reconcile(day)))).toEqual(sorted(day.truth));
    expect(new Set(day.truth.map(({ rule }) => rule)).size).toBe(9);
  });

  test("the order of what is given does not matter, and twice the same rows give the same trips", () => {
    const day = simulateDay({ seed: 7 });
    const once = reconcile(day);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seeded(seed);
        const mix = <Row>(rows: readonly Row[]): Row[] =>
          rows
            .map((row) => ({ row, at: random() }))
            .sort((a, b) => a.at - b.at)
            .map(({ row }) => row);
        const again = reconcile({
          ...day,
          events: mix([...day.events, ...day.events.slice(0, 30)]),
          points: mix(day.points),
        });
        expect(again).toEqual(once);
      }),
      { numRuns: 8 },
    );
  });

  test("a missing track is never an off-corridor finding, and no row at all never a new one of any kind", () => {
    const day = simulateDay({ seed: 3 });
    expect(foundIn(reconcile({ ...day, points: [] })).filter(({ rule }) => rule === "OFF_CORRIDOR")).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 41, maxLength: 41 }), (kept) => {
        const points = day.points.filter(({ plate }) => kept[Number(plate.slice(2)) - 20_000] ?? true);
        const found = sorted(foundIn(reconcile({ ...day, points })));
        for (const one of found) expect(sorted(day.truth)).toContain(one);
      }),
      { numRuns: 20 },
    );
  });

  test("where a gate or a tipping site has no records, their absence of a truck says nothing", () => {
    const day = simulateDay({ seed: 2 });
    const without = (kind: TruckEvent["kind"]) =>
      foundIn(reconcile({ ...day, events: day.events.filter((event) => event.kind !== kind) })).map(({ rule }) => rule);
    expect(without("gate_pass")).not.toContain("NO_EXIT_CHECK");
    expect(without("tipping_entry")).not.toContain("NO_TIPPING_ENTRY");
    expect(without("tipping_entry")).not.toContain("ENTRY_ELSEWHERE");
  });
});

const startMs = Date.parse("2026-11-27T13:00:00Z");
const origin = { fileSha256: "a".repeat(64), row: 2, flagId: null };
const pass = (over: Partial<GatePass> = {}): GatePass => {
  const row = {
    kind: "gate_pass" as const,
    plate: "沪A00001",
    atMs: startMs,
    site: demoSite,
    direction: "out" as const,
    cover: null,
    wash: null,
    load: null,
    weightT: null,
    judgedBy: null,
    isPlateSure: true,
    origin,
    ...over,
  };
  return { ...row, key: eventKey(row) };
};
const entry = (over: Partial<TippingEntry> = {}): TippingEntry => {
  const row = {
    kind: "tipping_entry" as const,
    plate: "沪A00001",
    atMs: startMs + 30 * minute,
    tipping: demoTip,
    weightT: 18,
    manifestNo: null,
    origin,
    ...over,
  };
  return { ...row, key: eventKey(row) };
};
const permitWith = (over: Partial<DisposalFact>) => {
  const register = registerOf(new Set(["沪A00001"]));
  return { ...register, permits: [{ ...register.permits[0]!, fact: { ...permitFact(), ...over } }] };
};
const day = (events: TruckEvent[], register = permitWith({})): SimulatedDay => ({
  register,
  events,
  points: [],
  truth: [],
  window: { fromMs: startMs - 720 * minute, toMs: startMs + 720 * minute },
});
const checkOf = (trip: Trip | undefined, rule: TripRule): Check | undefined =>
  trip?.checks.find((check) => check.rule === rule);
const verdictOf = (events: TruckEvent[], rule: TripRule, register = permitWith({})) =>
  checkOf(reconcile(day(events, register))[0], rule)?.verdict;

describe("a rule", () => {
  test("takes what nobody judged as no failure", () => {
    expect(verdictOf([pass()], "COVER_FAIL")).toBe("cannot_say");
    expect(verdictOf([pass({ wash: null })], "WASH_FAIL")).toBe("cannot_say");
    expect(verdictOf([pass({ cover: "open", judgedBy: "model" })], "COVER_FAIL")).toBe("finding");
    expect(verdictOf([pass({ cover: "covered" })], "COVER_FAIL")).toBe("fine");
  });

  test.each([
    ["2026-11-27T10:59:00Z", "cannot_say", null],
    ["2026-11-27T10:50:00Z", "finding", 8],
    ["2026-11-27T11:00:00Z", "fine", null],
    ["2026-11-27T21:00:30Z", "cannot_say", null],
    ["2026-11-27T22:00:00Z", "finding", 58],
  ] as const)("of hours leaves at %s (hours 19:00–05:00): %s", (at, verdict, margin) => {
    const found = checkOf(reconcile(day([pass({ atMs: Date.parse(at) })]))[0], "OUTSIDE_HOURS");
    expect(found).toMatchObject({ verdict, margin });
  });

  test("of the permit's term counts the night that begins on the last day, and says nothing within the clocks' error", () => {
    const register = permitWith({ validTo: "2026-11-27" });
    expect(verdictOf([pass({ atMs: Date.parse("2026-11-27T20:00:00Z") })], "PERMIT_NOT_VALID", register)).toBe("fine");
    expect(verdictOf([pass({ atMs: Date.parse("2026-11-27T21:01:00Z") })], "PERMIT_NOT_VALID", register)).toBe(
      "cannot_say",
    );
    expect(verdictOf([pass({ atMs: Date.parse("2026-11-27T21:30:00Z") })], "PERMIT_NOT_VALID", register)).toBe(
      "finding",
    );
    expect(verdictOf([pass()], "PERMIT_NOT_VALID", { ...register, permits: [] })).toBe("cannot_say");
  });

  test("of the quota counts what was brought before, trip by trip, and never guesses a weight", () => {
    const trips = (quotaT: number, weights: (number | null)[], usedT = 0) =>
      reconcile(
        day(
          weights.flatMap((weightT, nth) => [
            pass({ atMs: startMs + nth * 60 * minute }),
            entry({ atMs: startMs + (nth * 60 + 30) * minute, weightT }),
          ]),
          permitWith({ quotaT }),
        ),
        { usedT: new Map([["00000000-0000-4000-8000-000000000004", usedT]]) },
      ).map((trip) => checkOf(trip, "QUOTA_EXCEEDED")?.verdict);
    expect(trips(50, [20, 20, 20])).toEqual(["fine", "fine", "finding"]);
    expect(trips(50, [20, 20], 30)).toEqual(["fine", "finding"]);
    expect(trips(50, [20, null, 20])).toEqual(["fine", "cannot_say", "fine"]);
  });

  test("asks nothing of a truck that left empty, and nothing of the way of one that may have come in", () => {
    const [empty] = reconcile(day([pass({ load: "empty" })]));
    expect(empty?.checks.filter(({ verdict }) => verdict === "finding")).toEqual([]);
    const [unsure] = reconcile(day([pass({ direction: null })]));
    for (const rule of ["NO_TIPPING_ENTRY", "OFF_CORRIDOR"] as const)
      expect(checkOf(unsure, rule)?.verdict).toBe("cannot_say");
    expect(reconcile(day([pass({ direction: "in" })]))).toEqual([]);
    expect(reconcile(day([pass({ isPlateSure: false })]))).toEqual([]);
  });

  test("says what it compared, with the rows it stands on, in both languages", () => {
    const [trip] = reconcile(day([pass({ weightT: 30 }), entry({ weightT: 18 })]));
    const check = checkOf(trip, "QUANTITY_MISMATCH");
    expect(check).toMatchObject({ verdict: "finding", measured: 12, threshold: 3, margin: 9, unit: "t" });
    expect(check?.rows).toEqual([pass({ weightT: 30 }).key, entry().key]);
    for (const each of trip?.checks ?? []) {
      expect(each.text.zh).not.toBe("");
      // names of the register stay as they are entered
      expect(each.text.en.replaceAll(/演示\S*|沪A00001/g, "")).not.toMatch(/\p{Script=Han}/u);
    }
  });

  test("of a late departure belongs the manifest that was written out before it: no check is missed", () => {
    const manifest = {
      kind: "manifest" as const,
      plate: "沪A00001",
      atMs: startMs - 90 * minute,
      number: "L1",
      site: demoSite,
      tipping: demoTip,
      weightT: 18,
      origin,
    };
    const trips = reconcile(day([{ ...manifest, key: eventKey(manifest) }, pass(), entry()]));
    expect(trips).toHaveLength(1);
    expect(checkOf(trips[0], "NO_EXIT_CHECK")?.verdict).toBe("fine");
    expect(trips[0]?.manifest?.number).toBe("L1");
  });
});

describe("a gate that saw a truck whose plate nobody read", () => {
  const other = (minutes: number, over: Partial<GatePass> = {}) =>
    pass({ plate: "沪A00002", atMs: startMs + minutes * minute, ...over });
  const unread = (minutes: number, over: Partial<GatePass> = {}) =>
    other(minutes, { plate: "", isPlateSure: false, ...over });
  const own = (events: TruckEvent[]) =>
    checkOf(
      reconcile(day(events)).find(({ plate }) => plate === "沪A00001"),
      "NO_EXIT_CHECK",
    )?.verdict;
  const manifest = {
    kind: "manifest" as const,
    plate: "沪A00001",
    atMs: startMs,
    number: "L1",
    site: demoSite,
    tipping: demoTip,
    weightT: 18,
    origin,
  };
  const written = { ...manifest, key: eventKey(manifest) };

  test.each([
    ["a manifest was written out", [other(-40), written, other(190)], 10],
    ["only the entry is known", [other(-160), entry(), other(40)], 0],
  ] as const)("accuses no truck of having passed it unseen where %s", (_, events, minutes) => {
    expect(own([...events])).toBe("finding");
    expect(own([...events, unread(minutes)])).toBe("cannot_say");
    // of another time, or of another gate, it answers nothing
    expect(own([...events, unread(-170)])).toBe("finding");
    expect(own([...events, unread(minutes, { site: "另一工地" })])).toBe("finding");
  });
});

describe("a track that goes on after its load is tipped, with no entry row to say so", () => {
  const driven = (legs: [fromMin: number, toMin: number, from: [number, number], to: [number, number]][]) =>
    legs.flatMap(([fromMin, toMin, from, to]) =>
      Array.from({ length: (toMin - fromMin) * 2 }, (_, nth) => {
        const share = nth / ((toMin - fromMin) * 2);
        return {
          plate: "沪A00001",
          atMs: startMs + fromMin * minute + nth * 30_000,
          longitude: from[0] + (to[0] - from[0]) * share,
          latitude: from[1] + (to[1] - from[1]) * share,
          speedKmh: null,
        };
      }),
    );
  const site: [number, number] = [121.5, 31.2];
  const bend: [number, number] = [121.55, 31.215];
  const tip: [number, number] = [121.6, 31.2];
  const away: [number, number] = [121.6, 31.26];
  const out = driven([
    [0, 15, site, bend],
    [15, 30, bend, tip],
  ]);
  const tripOf = (points: SimulatedDay["points"], events: TruckEvent[] = [], permit: Partial<DisposalFact> = {}) =>
    reconcile({ ...day([pass(), ...events], permitWith(permit)), points })[0];

  test("is judged as far as its stay at the tipping site: the way home is no way off the corridor", () => {
    const home = [
      ...out,
      ...driven([
        [30, 40, tip, tip],
        [40, 70, tip, away],
      ]),
    ];
    expect(checkOf(tripOf(home), "OFF_CORRIDOR")?.verdict).toBe("cannot_say");
    // it did not stay there
    expect(checkOf(tripOf([...out, ...driven([[30, 60, tip, away]])]), "OFF_CORRIDOR")?.verdict).toBe("finding");
    // it was off the corridor before
    const detour = driven([
      [0, 15, site, [121.55, 31.24]],
      [15, 30, [121.55, 31.24], tip],
      [30, 40, tip, tip],
    ]);
    expect(checkOf(tripOf(detour), "OFF_CORRIDOR")?.verdict).toBe("finding");
  });

  test("tells of no gantry outside the hours once it had stayed there", () => {
    const gantry = {
      kind: "gantry_pass" as const,
      plate: "沪A00001",
      atMs: startMs + 80 * minute,
      gantry: "龙门架甲",
      at: null,
      origin,
    };
    const late = [{ ...gantry, key: eventKey(gantry) }];
    const stay = driven([[30, 40, tip, tip]]);
    expect(checkOf(tripOf(out, late, { to: "22:00" }), "OUTSIDE_HOURS")?.verdict).toBe("finding");
    expect(checkOf(tripOf([...out, ...stay], late, { to: "22:00" }), "OUTSIDE_HOURS")?.verdict).toBe("fine");
  });
});

describe("the register as it stood when a trip began", () => {
  const always = unchanging(permitWith({}));
  const other = { ...always.vehicles[0]!, plate: "沪B00002" };
  const checkIn = (register: typeof always, rule: TripRule, events: TruckEvent[] = [pass(), entry()]) =>
    checkOf(reconcile(day(events), { register })[0], rule)?.verdict;

  test.each([
    [1, "fine"],
    [0, "finding"],
  ] as const)("knows a vehicle that left it %i minutes after: %s", (minutes, verdict) => {
    const [vehicle] = always.vehicles;
    const left = { ...vehicle!, toMs: startMs + minutes * minute };
    expect(checkIn({ ...always, vehicles: [left, other] }, "UNREGISTERED_VEHICLE")).toBe(verdict);
  });

  test("has the permit in the version of that time, whatever it was changed to", () => {
    const [permit] = always.permits;
    const { fact } = permit!;
    const changed = (atMs: number, before: typeof fact, after: typeof fact) => ({
      ...always,
      permits: [
        { ...permit!, fact: before, toMs: atMs },
        { ...permit!, version: 2, fact: after, fromMs: atMs },
      ],
    });
    const ended = { ...fact, validTo: "2026-06-30" };
    expect(checkIn(changed(startMs + minute, fact, ended), "PERMIT_NOT_VALID")).toBe("fine");
    expect(checkIn(changed(startMs, fact, ended), "PERMIT_NOT_VALID")).toBe("finding");
    const elsewhere = { ...fact, tippingSites: [demoOtherTip] };
    expect(checkIn(changed(startMs + minute, fact, elsewhere), "ENTRY_ELSEWHERE")).toBe("fine");
    expect(checkIn(changed(startMs + minute, elsewhere, fact), "ENTRY_ELSEWHERE")).toBe("finding");
  });
});

describe("a plate that is not in the register", () => {
  const register = { ...permitWith({}), plates: new Set(["沪A00001"]) };
  const said = (plate: string, ...readBy: GatePass["plateReadBy"][]) =>
    checkOf(
      reconcile(
        day(
          readBy.map((plateReadBy, nth) => pass({ plate, plateReadBy, atMs: startMs + nth * minute })),
          register,
        ),
      )[0],
      "UNREGISTERED_VEHICLE",
    );

  test("is a finding as it was handed in or as a person confirmed it; as a model read it, it cannot be said", () => {
    expect(said("沪B77777", undefined)?.verdict).toBe("finding");
    expect(said("沪B77777", "person")?.verdict).toBe("finding");
    const read = said("沪B77777", "model");
    expect(read?.verdict).toBe("cannot_say");
    expect(read?.text.zh).toContain("模型识读");
    const both = said("沪B77777", "model", undefined);
    expect(both).toMatchObject({ verdict: "finding", rows: [pass({ plate: "沪B77777", atMs: startMs + minute }).key] });
  });

  test("may be a misread one where one that is registered is a character apart, unless a person has confirmed it", () => {
    const near = said("沪A00007", undefined);
    expect(near?.verdict).toBe("cannot_say");
    expect(near?.text.en).toContain("沪A00001");
    expect(said("沪A00077", undefined)?.verdict).toBe("finding");
    expect(said("沪A00007", "person")?.verdict).toBe("finding");
  });
});

describe("leads", () => {
  const trips = reconcile(day([pass({ weightT: 30 }), entry({ weightT: 18 })]));
  const found = findingsOf(trips);
  const known = (state: "NEW" | "TAKEN_UP" | "DISCARDED" | "LAPSED", over: object = {}) => ({
    id: "1",
    key: found[0]!.key,
    rule: "QUANTITY_MISMATCH",
    plate: "沪A00001",
    state,
    tripRows: trips[0]!.rows.map(({ key }) => key),
    ...over,
  });

  test("come once; a decision of a person stays whatever is found later", () => {
    expect(planLeads([], found).create).toHaveLength(1);
    for (const state of ["NEW", "TAKEN_UP", "DISCARDED"] as const) {
      const plan = planLeads([known(state)], found);
      expect(plan.create).toEqual([]);
      expect(plan.keep.map((one) => one.state)).toEqual([state]);
    }
    expect(planLeads([known("LAPSED")], found).keep.map((one) => one.state)).toEqual(["NEW"]);
    expect(planLeads([known("NEW")], []).lapse).toHaveLength(1);
    expect(planLeads([known("DISCARDED")], []).unfound).toHaveLength(1);
  });

  test("stay the same when rows that came later move the beginning of their trip", () => {
    const plan = planLeads([known("TAKEN_UP", { key: "QUANTITY_MISMATCH|old" })], found);
    expect(plan).toMatchObject({ create: [], lapse: [], unfound: [] });
    expect(plan.keep).toHaveLength(1);
    expect(planLeads([known("NEW", { key: "x", tripRows: ["other"] })], found).create).toHaveLength(1);
  });

  test("offer the steps of their state alone", () => {
    expect(movesFrom("NEW")).toEqual(["take_up", "discard"]);
    expect(movesFrom("TAKEN_UP")).toEqual(["discard"]);
    expect(movesFrom("DISCARDED")).toEqual(["reopen"]);
    expect(movesFrom("LAPSED")).toEqual([]);
  });
});
