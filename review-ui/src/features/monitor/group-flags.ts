import { cellOf, distanceM, intoCells } from "@mingcha/models/geo";
import { movedBy } from "@mingcha/models/ground";
import type { MapFlags, PlacedFlag } from "@mingcha/models/http";
import type { MapArea, MapSeen } from "../../components/map/map-view.tsx";

export interface FlagGroup {
  readonly key: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly bounds: MapArea;
  readonly flags: number;
  /** Null: the server counted them, there are too many to tell each. */
  readonly members: readonly PlacedFlag[] | null;
}

/** As near as a press on a group brings it: a third of a metre to a pixel in our latitudes. */
export const nearestZoom = 18.5;
/** Closer together than this they stay one group even there. */
const spotM = 40;

/** Computed places that find no room beside one another in what is seen are drawn as groups. */
export function groupFlags(
  { flags, cells }: Pick<MapFlags["placed"], "flags" | "cells">,
  seen: MapSeen | null,
): { single: PlacedFlag[]; groups: FlagGroup[] } {
  const drawn = seen === null ? [] : intoCells(flags, cellOf(seen.area, seen.across));
  const single = seen === null ? [...flags] : drawn.flatMap(({ members }) => (members.length === 1 ? members : []));
  const several = drawn.filter(({ members }) => members.length > 1);
  return {
    single,
    groups: [
      ...several.map(({ members, ...cell }) => ({ ...cell, key: keyOf(cell.bounds), flags: members.length, members })),
      ...cells.map((cell) => ({ ...cell, key: keyOf(cell.bounds), members: null })),
    ],
  };
}

/** What is looked at to see how far a place may be off: some times its error to each side. */
export function areaAround({ longitude, latitude, ellipse: { longM } }: PlacedFlag): MapArea {
  const middle = { longitude, latitude };
  const [far, near] = [movedBy(middle, 3 * longM, 3 * longM), movedBy(middle, -3 * longM, -3 * longM)];
  return [near.longitude, near.latitude, far.longitude, far.latitude];
}

const keyOf = (bounds: MapArea): string => `flags ${bounds.join(" ")}`;

/** Whether coming nearer would not part them: then they are listed. */
export function isOneSpot({ bounds: [west, south, east, north], members }: FlagGroup): boolean {
  const across = distanceM({ longitude: west, latitude: south }, { longitude: east, latitude: north });
  return members !== null && across < spotM;
}
