import type { GantryPass, GatePass, Manifest, TippingEntry, TrackPoint, TruckEvent } from "./observations.ts";
import { type RegisterHistory, stoodAt } from "./register-history.ts";
import type { TripSettings } from "./settings.ts";
import { departuresOf } from "./track.ts";
import type { DepartureFrom } from "./trip.ts";

/** What one truck is known to have done, each list in the order of time. */
export interface TruckDay {
  readonly plate: string;
  readonly passes: readonly GatePass[];
  readonly gantries: readonly GantryPass[];
  readonly entries: readonly TippingEntry[];
  readonly manifests: readonly Manifest[];
  readonly points: readonly TrackPoint[];
}

/** Rows that tell of one departure from one site. */
export interface Departure {
  readonly site: string;
  readonly atMs: number;
  readonly from: DepartureFrom;
  /** Something says that it left, and did not merely pass the gate one way or the other. */
  isSure: boolean;
  readonly passes: readonly GatePass[];
  readonly manifests: Manifest[];
}

/** `row` null: by its track. */
type Anchor = { site: string; atMs: number; row: GatePass | null };

const order = <Row extends TruckEvent>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1));

/**
 * Everything by truck, whatever the order it came in. A row that came twice counts once, a pass whose plate nobody is sure of tells of no truck.
 */
export function byTruck(events: readonly TruckEvent[], points: readonly TrackPoint[]): TruckDay[] {
  const plates = new Map<string, { events: Map<string, TruckEvent>; points: TrackPoint[] }>();
  const of = (plate: string) => {
    const known = plates.get(plate) ?? { events: new Map<string, TruckEvent>(), points: [] as TrackPoint[] };
    plates.set(plate, known);
    return known;
  };
  for (const event of events)
    if (event.kind !== "gate_pass" || event.isPlateSure) of(event.plate).events.set(event.key, event);
  for (const point of points) of(point.plate).points.push(point);
  return [...plates]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([plate, all]) => {
      const rows = [...all.events.values()];
      return {
        plate,
        passes: order(rows.filter((row) => row.kind === "gate_pass")),
        gantries: order(rows.filter((row) => row.kind === "gantry_pass")),
        entries: order(rows.filter((row) => row.kind === "tipping_entry")),
        manifests: order(rows.filter((row) => row.kind === "manifest")),
        points: all.points,
      };
    });
}

/**
 * Departures of a truck: passes out of a gate and tracks that leave a site, those of one site within the merging time taken together unless
 * the truck came to a gate or a tipping site in between. A manifest belongs to the first of them after it was written out (or shortly before);
 * one that belongs to none is a departure by itself.
 */
export function findDepartures(
  day: TruckDay,
  { sites }: Pick<RegisterHistory, "sites">,
  settings: TripSettings,
): Departure[] {
  const anchors: Anchor[] = [
    ...day.passes
      .filter(({ direction, load }) => direction !== "in" && !(direction === null && load === "empty"))
      .map((row) => ({ site: row.site, atMs: row.atMs, row })),
    ...sites.flatMap((one) =>
      departuresOf(day.points, { ...one.fact, radiusM: one.fact.radiusM ?? settings.placeRadiusM }, settings)
        .filter((atMs) => stoodAt(one, atMs))
        .map((atMs) => ({ site: one.fact.name, atMs, row: null })),
    ),
  ];
  anchors.sort(
    (a, b) => a.atMs - b.atMs || (a.site < b.site ? -1 : 1) || Number(a.row === null) - Number(b.row === null),
  );
  const turns = [
    ...day.entries.map(({ atMs }) => atMs),
    ...day.passes.filter(({ direction }) => direction === "in").map(({ atMs }) => atMs),
  ];
  const groups: Anchor[][] = [];
  for (const anchor of anchors) {
    const group = groups.findLast(([first]) => first?.site === anchor.site);
    const first = group?.[0];
    const last = group?.at(-1);
    const isSame =
      first !== undefined &&
      last !== undefined &&
      anchor.atMs - first.atMs <= settings.mergeMin * 60_000 &&
      !turns.some((atMs) => atMs > last.atMs && atMs < anchor.atMs);
    if (isSame) group?.push(anchor);
    else groups.push([anchor]);
  }
  const found = groups.map(departureOf);
  for (const manifest of day.manifests) {
    const own = found.find(
      ({ site, atMs, manifests }) =>
        site === manifest.site &&
        manifests.length === 0 &&
        atMs >= manifest.atMs - settings.mergeMin * 60_000 &&
        atMs <= manifest.atMs + settings.tripMin * 60_000,
    );
    if (own !== undefined) {
      own.manifests.push(manifest);
      own.isSure = true;
    } else
      found.push({
        site: manifest.site,
        atMs: manifest.atMs,
        from: "manifest",
        isSure: true,
        passes: [],
        manifests: [manifest],
      });
  }
  return found.sort((a, b) => a.atMs - b.atMs || (a.site < b.site ? -1 : 1));
}

function departureOf(group: readonly Anchor[]): Departure & { manifests: Manifest[] } {
  const passes = group.flatMap(({ row }) => row ?? []);
  const best = group.find(({ row }) => row?.direction === "out") ?? group.find(({ row }) => row !== null) ?? group[0];
  if (best === undefined) throw new Error("a departure stands on something");
  return {
    site: best.site,
    atMs: best.atMs,
    from: best.row === null ? "track" : "gate",
    isSure: group.some(({ row }) => row === null || row.direction === "out"),
    passes,
    manifests: [],
  };
}
