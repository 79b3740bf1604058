import { type Coverage, coverageOf } from "./coverage.ts";
import { byTruck, type Departure, findDepartures, type TruckDay } from "./departures.ts";
import type { TippingEntry, TrackPoint, TruckEvent } from "./observations.ts";
import { isInForce } from "./permit-time.ts";
import { type RegisterHistory, registerAt } from "./register-history.ts";
import { rowText } from "./row-text.ts";
import { checkTrip } from "./rules/index.ts";
import type { TripFacts } from "./rules/rule.ts";
import type { TripSettings } from "./settings.ts";
import { cleanTrack, coveredShare, pointsBetween, stayOf } from "./track.ts";
import type { Trip, TripRegister } from "./trip.ts";

export interface Reconciled {
  readonly events: readonly TruckEvent[];
  readonly points: readonly TrackPoint[];
  readonly register: RegisterHistory;
  readonly settings: TripSettings;
  /** Of the bureau: permits and days are of its wall clock. */
  readonly timezone: string;
  /** Trips that begin within are told; what lies around it is only looked at. The end is outside. */
  readonly window: { readonly fromMs: number; readonly toMs: number };
  /** Tonnes brought under each permit before the window, by its id. */
  readonly usedT: ReadonlyMap<string, number>;
}

/** So much around a window must be given for its trips to be whole. */
export const marginMs = ({ tripMin, mergeMin, coverageMin }: TripSettings): number =>
  (tripMin + Math.max(2 * mergeMin, coverageMin) + tripMin) * 60_000;

type Bare = { day: TruckDay; departure: Departure | null; entries: TippingEntry[]; startMs: number; endMs: number };

/**
 * Trips of all trucks with what every rule says of them, by time. The order of what is given does not matter, and the same rows give the same
 * trips. Yields after each truck and each trip: a day of a city is some seconds of work, and others want their turn meanwhile.
 */
export function* reconcileInSteps(given: Reconciled): Generator<undefined, Trip[]> {
  const { window, register, settings } = given;
  const coverage = coverageOf(given.events, settings);
  const registerOf = registerAt(register);
  const usedT = new Map(given.usedT);
  const bare: Bare[] = [];
  for (const raw of byTruck(given.events, given.points)) {
    const day = { ...raw, points: cleanTrack(raw.points, settings) };
    const trips = tripsOf(day, findDepartures(day, register, settings), settings);
    bare.push(...trips.filter(({ startMs }) => startMs >= window.fromMs && startMs < window.toMs));
    yield;
  }
  bare.sort((a, b) => a.startMs - b.startMs || (a.day.plate < b.day.plate ? -1 : 1));
  const made: Trip[] = [];
  for (const one of bare) {
    made.push(tripOf(one, { ...given, register: registerOf(one.startMs) }, coverage, usedT));
    yield;
  }
  return made;
}

/** {@link reconcileInSteps} at one go. */
export function reconcileTrips(given: Reconciled): Trip[] {
  const steps = reconcileInSteps(given);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Gives every entry to the departure it belongs to: the last before it, in time, that has none yet. */
function tripsOf(
  day: TruckDay,
  departures: readonly Departure[],
  { tripMin, clockErrorS, mergeMin }: TripSettings,
): Bare[] {
  const trips: Bare[] = departures.map((departure, nth) => {
    const next = departures[nth + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    const endMs = Math.min(departure.atMs + tripMin * 60_000, next);
    return { day, departure, entries: [], startMs: departure.atMs, endMs };
  });
  const orphans: Bare[] = [];
  for (const entry of day.entries) {
    const own = trips.findLast(
      ({ startMs }) => startMs - clockErrorS * 1_000 <= entry.atMs && entry.atMs <= startMs + tripMin * 60_000,
    );
    const first = own?.entries[0];
    // one arrival may be written down twice
    const isSame =
      first !== undefined && first.tipping === entry.tipping && entry.atMs - first.atMs <= mergeMin * 60_000;
    if (own !== undefined && (first === undefined || isSame)) {
      own.entries.push(entry);
      own.endMs = Math.max(own.startMs, own.entries[0]?.atMs ?? own.endMs);
      continue;
    }
    const before = orphans.at(-1);
    const again = before?.entries[0];
    if (before !== undefined && again?.tipping === entry.tipping && entry.atMs - again.atMs <= mergeMin * 60_000)
      before.entries.push(entry);
    else orphans.push({ day, departure: null, entries: [entry], startMs: entry.atMs, endMs: entry.atMs });
  }
  return [...trips, ...orphans];
}

function tripOf(
  { day, departure, entries, startMs, endMs }: Bare,
  given: Pick<Reconciled, "settings" | "timezone"> & { register: TripRegister },
  coverage: Coverage,
  usedT: Map<string, number>,
): Trip {
  const { register, settings, timezone } = given;
  const entry = entries[0] ?? null;
  const points = departure === null ? [] : pointsBetween(day.points, startMs, endMs);
  const gantries = departure === null ? [] : day.gantries.filter(({ atMs }) => atMs >= startMs && atMs <= endMs);
  const permits = departure === null ? [] : register.permits.filter(({ fact }) => fact.site === departure.site);
  const inForce = permits.filter(({ fact }) => isInForce(fact, startMs, timezone));
  const manifest = departure?.manifests[0] ?? null;
  const bound = entry?.tipping ?? manifest?.tipping ?? null;
  const fitting =
    inForce.length > 1 ? inForce.filter(({ fact }) => bound !== null && fact.tippingSites.includes(bound)) : inForce;
  const permit = fitting.length === 1 ? (fitting[0] ?? null) : null;
  const facts: TripFacts = {
    plate: day.plate,
    departure,
    entry,
    gantries,
    points,
    endMs,
    arrivedMs:
      entry === null
        ? stayOf(
            points,
            register.tippings.map(({ fact }) => ({ ...fact, radiusM: fact.radiusM ?? settings.placeRadiusM })),
            settings,
          )
        : null,
    site: register.sites.find(({ fact }) => fact.name === departure?.site) ?? null,
    permits,
    inForce,
    permit,
    usedT: permit === null ? 0 : (usedT.get(permit.id) ?? 0),
    register,
    coverage,
    settings,
    timezone,
  };
  const checks = checkTrip(facts);
  if (permit !== null) usedT.set(permit.id, facts.usedT + (broughtT({ entry, manifest }) ?? 0));
  const rows = [...(departure?.manifests ?? []), ...(departure?.passes ?? []), ...gantries, ...entries];
  return {
    key: `${day.plate}|${departure?.site ?? entry?.tipping ?? ""}|${new Date(startMs).toISOString()}`,
    plate: day.plate,
    site: departure?.site ?? null,
    startMs,
    endMs,
    departure: departure === null ? null : { atMs: departure.atMs, from: departure.from, isSure: departure.isSure },
    entry: entry === null ? null : { atMs: entry.atMs, tipping: entry.tipping, weightT: entry.weightT },
    manifest:
      manifest === null ? null : { number: manifest.number, weightT: manifest.weightT, tipping: manifest.tipping },
    permit: permit === null ? null : { id: permit.id, version: permit.version, reference: permit.fact.reference },
    track:
      points.length === 0
        ? null
        : { points: points.length, share: coveredShare(points, startMs, endMs, settings.trackGapS * 1_000) },
    rows: rows
      .sort((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1))
      .map((row) => ({ key: row.key, kind: row.kind, atMs: row.atMs, text: rowText(row), origin: row.origin })),
    checks,
  };
}

/** Tonnes that count against a permit: as weighed on arrival, else as the manifest says. */
export const broughtT = ({
  entry,
  manifest,
}: Pick<Trip, "entry"> & { manifest: { weightT: number | null } | null }): number | null =>
  entry?.weightT ?? manifest?.weightT ?? null;
