import type { MapFlags, StandingSource } from "@mingcha/models/http";
import { type SourceCondition, sourceConditionCodes } from "@mingcha/models/monitoring";

export type LocatedSource = StandingSource & { readonly longitude: number; readonly latitude: number };

/** Sources that have a place on the map. */
export const located = (sources: readonly StandingSource[]): LocatedSource[] =>
  sources.filter((source): source is LocatedSource => source.longitude !== null && source.latitude !== null);

export interface SourceGroup {
  readonly key: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly bounds: MapFlags["places"][number]["bounds"];
  readonly sources: number;
  /** Worst condition among them. */
  readonly condition: SourceCondition;
  /** Null: some of its sources are not shown now, and the number would be of all. */
  readonly flags: number | null;
}

/**
 * What a map with more sources than it has room for draws of what is in view: groups of several, and those that stand alone.
 * `sources` are the shown ones; a cell without any is left out.
 */
export function groupSources(
  sources: readonly StandingSource[],
  places: MapFlags["places"],
): { groups: SourceGroup[]; single: LocatedSource[] } {
  const all = located(sources);
  const groups: SourceGroup[] = [];
  const single: LocatedSource[] = [];
  for (const { bounds, flags, ...place } of places) {
    if (place.sourceId !== null) {
      single.push(...all.filter(({ id }) => id === place.sourceId));
      continue;
    }
    const [west, south, east, north] = bounds;
    const inside = all.filter(
      ({ longitude, latitude }) => longitude >= west && longitude <= east && latitude >= south && latitude <= north,
    );
    const [first] = inside;
    if (first === undefined) continue;
    if (inside.length === 1) {
      single.push(first);
      continue;
    }
    groups.push({
      key: `group ${bounds.join(" ")}`,
      longitude: place.longitude,
      latitude: place.latitude,
      bounds,
      sources: inside.length,
      condition:
        sourceConditionCodes.find((code) => inside.some(({ standing }) => standing.condition === code)) ??
        first.standing.condition,
      flags: inside.length === place.sources ? flags : null,
    });
  }
  return { groups, single };
}
