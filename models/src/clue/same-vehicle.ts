import { distanceM } from "../geo/distance.ts";
import type { LonLat } from "../geo/gcj02.ts";
import { normalizePlate } from "../objects/plate.ts";
import { type ClueState, openStates } from "./states.ts";

/** One vehicle as one source saw it; violation and place are the same for all that are compared. */
export interface VehicleSeen {
  readonly sourceId: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** False: it may go on, `toMs` is only as far as its source has looked. */
  readonly ended: boolean;
  /** As a person read it, or a model that was certain; null: not known. */
  readonly plate: string | null;
  /** Where it stands (WGS-84) and the radius that holds 95 %; null: not known. */
  readonly ground: { readonly at: LonLat; readonly radius95M: number } | null;
}

type Span = Pick<VehicleSeen, "sourceId" | "fromMs" | "toMs">;

/** A record of one vehicle, with what joined it. */
export interface VehicleRecord extends VehicleSeen {
  readonly id: string;
  readonly state: ClueState;
  readonly joined: readonly Span[];
}

/**
 * One record fits better than another only by so much likeness. Two cars that stood there together are told apart by when each came and went,
 * which clocks and the time between looks blur. A proposal, not law.
 */
const clearMargin = 0.2;
/** The shorter sighting lies at least so far within the longer one: the next truck in a gate overlaps the one before by a moment. A proposal. */
const withinShareMin = 0.5;

/**
 * How alike two sightings of different sources are: 0 where they cannot be one vehicle (never there together, two plates, two places), else
 * the time both saw of the time either saw, and 1 more where the plates are the same. Time is compared as far as both sources have looked.
 */
export function vehicleLikeness(a: VehicleSeen, b: VehicleSeen): number {
  const { commonMs, longestMs } = timesOf(a, b);
  if (commonMs <= 0 || a.sourceId === b.sourceId || areTwoVehicles(a, b)) return 0;
  return commonMs / longestMs + (a.plate === null || b.plate === null ? 0 : 1);
}

/** Whether two sightings are known to be of two vehicles: by two plates, or by places further apart than their errors. */
export function areTwoVehicles(a: VehicleSeen, b: VehicleSeen): boolean {
  if (a.plate !== null && b.plate !== null && normalizePlate(a.plate) !== normalizePlate(b.plate)) return true;
  return (
    a.ground !== null &&
    b.ground !== null &&
    distanceM(a.ground.at, b.ground.at) > a.ground.radius95M + b.ground.radius95M
  );
}

/**
 * The record that a sighting joins, or null: it gets one of its own. Each vehicle is an offender, so the two must be each other's choice: of
 * all records none fits the sighting about as well, and of all that its source saw (`rivals`) nothing fits the record about as well; one
 * sighting of a source and no more joins a record, and none joins what a person has closed. The order of arrival decides nothing.
 */
export function findSameVehicle(
  seen: VehicleSeen,
  records: readonly VehicleRecord[],
  rivals: readonly VehicleSeen[],
): VehicleRecord | null {
  const [best, next] = perhapsSame(seen, records, { withTaken: true });
  if (best === undefined) return null;
  const likeness = vehicleLikeness(seen, best);
  const isClear = (other: number): boolean => other === 0 || likeness - other >= clearMargin;
  if (next !== undefined && !isClear(vehicleLikeness(seen, next))) return null;
  if (!rivals.every((rival) => isClear(vehicleLikeness(rival, best)))) return null;
  if (!openStates.includes(best.state) || best.joined.some(({ sourceId }) => sourceId === seen.sourceId)) return null;
  const { commonMs, shortestMs } = timesOf(seen, best);
  return likeness >= 1 || commonMs >= shortestMs * withinShareMin ? best : null;
}

/**
 * Records that may show the same vehicle, the likeliest first. Left out is one that holds a sighting beside this vehicle by the same source,
 * or the other way round: who saw both at once told them apart (`withTaken` keeps them, where they may still be the better fit).
 */
export function perhapsSame<T extends VehicleRecord>(
  seen: VehicleSeen & Partial<Pick<VehicleRecord, "joined">>,
  records: readonly T[],
  { withTaken = false }: { withTaken?: boolean } = {},
): T[] {
  const isBeside = (record: VehicleRecord): boolean =>
    record.joined.some((one) => areBeside(one, seen)) || (seen.joined ?? []).some((one) => areBeside(one, record));
  return records
    .filter((record) => withTaken || !isBeside(record))
    .map((record) => ({ record, likeness: vehicleLikeness(seen, record) }))
    .filter(({ likeness }) => likeness > 0)
    .sort((a, b) => b.likeness - a.likeness || (a.record.id < b.record.id ? -1 : 1))
    .map(({ record }) => record);
}

const areBeside = (a: Span, b: Span): boolean => a.sourceId === b.sourceId && a.fromMs < b.toMs && b.fromMs < a.toMs;

function timesOf(a: VehicleSeen, b: VehicleSeen) {
  const lookedToMs = Math.min(a.ended ? Infinity : a.toMs, b.ended ? Infinity : b.toMs);
  const [aToMs, bToMs] = [Math.min(a.toMs, lookedToMs), Math.min(b.toMs, lookedToMs)];
  const [aMs, bMs] = [aToMs - a.fromMs, bToMs - b.fromMs];
  return {
    commonMs: Math.min(aToMs, bToMs) - Math.max(a.fromMs, b.fromMs),
    longestMs: Math.max(aToMs, bToMs) - Math.min(a.fromMs, b.fromMs),
    shortestMs: Math.min(aMs, bMs),
  };
}
