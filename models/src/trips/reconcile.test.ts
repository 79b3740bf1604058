import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findingsOf, movesFrom, planLeads } from "./leads.ts";
import { eventKey, type TruckEvent } from "./observations.ts";
import { checkOf, day, entry, minute, origin, pass, permitWith, reconcile, startMs } from "./one-trip.ts";
import { demoSite, demoTip, seeded, simulateDay } from "./simulate-day.ts";
import type { Trip, TripRule } from "./trip.ts";

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
