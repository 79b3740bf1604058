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
  readonly isPlateByPerson: boolean;
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
/** A model that was certain may still take one character for another; two plates it tells apart by so many are two. A proposal. */
const misreadCharsMax = 1;
/** The shorter sighting lies at least so far within the longer one: the next truck in a gate overlaps the one before by a moment. A proposal. */
const withinShareMin = 0.5;

/**
 * How alike two sightings of different sources are: 0 where they cannot be one vehicle (never there together, two plates, two places), else
 * the time both saw of the time either saw, and 1 more where the plates are the same. Time is compared as far as both sources have looked.
 */
export function vehicleLikeness(a: VehicleSeen, b: VehicleSeen): number {
  return areTwoVehicles(a, b) ? 0 : likeness(a, b);
}

function likeness(a: VehicleSeen, b: VehicleSeen): number {
  const { commonMs, longestMs } = timesOf(a, b);
  if (commonMs <= 0 || a.sourceId === b.sourceId) return 0;
  return commonMs / longestMs + (a.plate !== null && b.plate !== null && charsApart(a, b) === 0 ? 1 : 0);
}

/** Characters in which two plates differ; 0 where one is not known. */
function charsApart(a: VehicleSeen, b: VehicleSeen): number {
  if (a.plate === null || b.plate === null) return 0;
  const [one, other] = [[...normalizePlate(a.plate)], [...normalizePlate(b.plate)]];
  return Math.abs(one.length - other.length) + one.filter((char, n) => n < other.length && char !== other[n]).length;
}

const areApart = (a: VehicleSeen, b: VehicleSeen): boolean =>
  a.ground !== null &&
  b.ground !== null &&
  distanceM(a.ground.at, b.ground.at) > a.ground.radius95M + b.ground.radius95M;

/** Whether two sightings are told of two vehicles, so that one hides the other no longer: by two plates, or by places further apart than their errors. */
export const areTwoVehicles = (a: VehicleSeen, b: VehicleSeen): boolean => charsApart(a, b) > 0 || areApart(a, b);

/**
 * Whether that is sure enough for two cases: people made out both plates, or they differ in more than a model misreads. One car with a misread plate
 * must not become two cases that nobody was asked about.
 */
export const areSurelyTwoVehicles = (a: VehicleSeen, b: VehicleSeen): boolean =>
  charsApart(a, b) > (a.isPlateByPerson && b.isPlateByPerson ? 0 : misreadCharsMax) || areApart(a, b);

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
  // those that another sighting of its source has joined may still be the better fit
  const [best, next] = likestFirst(records, (record) => vehicleLikeness(seen, record));
  if (best === undefined) return null;
  const alike = vehicleLikeness(seen, best);
  const isClear = (other: number): boolean => other === 0 || alike - other >= clearMargin;
  if (next !== undefined && !isClear(vehicleLikeness(seen, next))) return null;
  if (!rivals.every((rival) => isClear(vehicleLikeness(rival, best)))) return null;
  if (!openStates.includes(best.state) || best.joined.some(({ sourceId }) => sourceId === seen.sourceId)) return null;
  return isWithin(seen, best) ? best : null;
}

/**
 * Records that may show the same vehicle, the likeliest first, to be told of and asked about. Left out is one that holds a sighting beside this
 * vehicle by the same source, or the other way round: who saw both at once told them apart. So is one that it overlapped by a moment.
 */
export function perhapsSame<T extends VehicleRecord>(
  seen: VehicleSeen & Partial<Pick<VehicleRecord, "joined">>,
  records: readonly T[],
): T[] {
  const isBeside = (record: VehicleRecord): boolean =>
    record.joined.some((one) => areBeside(one, seen)) || (seen.joined ?? []).some((one) => areBeside(one, record));
  const mayBe = records.filter(
    (record) => !isBeside(record) && !areSurelyTwoVehicles(seen, record) && isWithin(seen, record),
  );
  return likestFirst(mayBe, (record) => likeness(seen, record));
}

function likestFirst<T extends VehicleRecord>(records: readonly T[], likenessOf: (record: T) => number): T[] {
  return records
    .map((record) => ({ record, alike: likenessOf(record) }))
    .filter(({ alike }) => alike > 0)
    .sort((a, b) => b.alike - a.alike || (a.record.id < b.record.id ? -1 : 1))
    .map(({ record }) => record);
}

/** Whether the shorter of two sightings lies at least half within the longer, or one plate says more than their times. */
function isWithin(a: VehicleSeen, b: VehicleSeen): boolean {
  const { commonMs, shortestMs } = timesOf(a, b);
  return likeness(a, b) >= 1 || commonMs >= shortestMs * withinShareMin;
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
