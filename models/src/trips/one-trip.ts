import type { DisposalFact } from "../objects/facts.ts";
import { eventKey, type GatePass, type TippingEntry, type TruckEvent } from "./observations.ts";
import { reconcileTrips } from "./reconcile.ts";
import { unchanging } from "./register-history.ts";
import { houseTripSettings } from "./settings.ts";
import { demoSite, demoTip, permitFact, registerOf, type SimulatedDay } from "./simulate-day.ts";
import type { Check, Trip, TripRule } from "./trip.ts";

// rows of one truck, for tests

export const timezone = "Asia/Shanghai";
export const minute = 60_000;
export const reconcile = (day: SimulatedDay, over: Partial<Parameters<typeof reconcileTrips>[0]> = {}) =>
  reconcileTrips({
    ...day,
    register: unchanging(day.register),
    settings: houseTripSettings,
    timezone,
    usedT: new Map(),
    ...over,
  });

export const startMs = Date.parse("2026-11-27T13:00:00Z");
export const origin = { fileSha256: "a".repeat(64), row: 2, flagId: null };
export const pass = (over: Partial<GatePass> = {}): GatePass => {
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
export const entry = (over: Partial<TippingEntry> = {}): TippingEntry => {
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
export const permitWith = (over: Partial<DisposalFact>) => {
  const register = registerOf(new Set(["沪A00001"]));
  return {
    ...register,
    permits: register.permits.map((permit) => ({ ...permit, fact: { ...permitFact(), ...over } })),
  };
};
export const day = (events: TruckEvent[], register = permitWith({})): SimulatedDay => ({
  register,
  events,
  points: [],
  truth: [],
  window: { fromMs: startMs - 720 * minute, toMs: startMs + 720 * minute },
});
export const checkOf = (trip: Trip | undefined, rule: TripRule): Check | undefined =>
  trip?.checks.find((check) => check.rule === rule);
