import { describe, expect, test } from "vitest";
import type { DisposalFact } from "../objects/facts.ts";
import { eventKey, type GatePass, type TruckEvent } from "./observations.ts";
import { checkOf, day, entry, minute, origin, pass, permitWith, reconcile, startMs } from "./one-trip.ts";
import { unchanging } from "./register-history.ts";
import { demoOtherTip, demoSite, demoTip, type SimulatedDay } from "./simulate-day.ts";
import type { TripRule } from "./trip.ts";

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
