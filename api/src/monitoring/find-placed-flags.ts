import type { Database, Prisma } from "@mingcha/infra/db";
import { openStates } from "@mingcha/models/clue";
import { type Bounds, boundsOf, cellOf, intoCells } from "@mingcha/models/geo";
import { heightFromSchema, type MapFlags, mapCountMax, mapPlacesMax, type PlacedFlag } from "@mingcha/models/http";
import { findViolation } from "@mingcha/models/violations";
import { flyingSources } from "../flights/place-flags.ts";
import { warningsOf } from "../flights/stored-stands.ts";
import { groupBy } from "./group-by.ts";

type Ellipse = PlacedFlag["ellipse"];
type Nullable<T> = { [K in keyof T]: T[K] | null };
type Row = Nullable<
  Ellipse & { longitude: number; latitude: number; heightFrom: string; reasonZh: string; reasonEn: string }
> & {
  readonly warnings: Prisma.JsonValue;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly clueId: string;
  readonly violation: string;
  readonly statedPlace: string;
  readonly from: Date;
  readonly open: boolean;
  /** Of its source, from the newest. */
  readonly nth: number;
};

/** Counts of one flying source's flags that have no place. */
export interface WithoutPlace {
  readonly flags: number;
  readonly open: number;
}

const notYet = { zh: "尚未推算，稍候", en: "not computed yet" };

/**
 * Flags of flying sources that came in within a span, each at the ground where its thing stands as it was computed and stored; in view those alone.
 * Like every source, each is walked down an index, newest first, as far as {@link mapCountMax}; one more tells whether there are more.
 * @returns also, by flying source of which all were looked at, how many have no place: all that is left to count at the source.
 */
export async function findPlacedFlags(
  db: Database,
  { from, to, bbox, across }: { from: Date; to: Date; bbox?: Bounds | undefined; across: number },
): Promise<{ placed: MapFlags["placed"]; withoutOf: ReadonlyMap<string, WithoutPlace> }> {
  const walked = await db.$queryRaw<Row[]>`
    select s.id as "sourceId", s.name as "sourceName", c.id::text as "clueId", c.violation, c.place as "statedPlace", c.from_at as "from", c.nth::int as nth,
      c.state = any(${openStates}::"ClueState"[]) as open, p.longitude, p.latitude, p.long_m as "longM", p.short_m as "shortM",
      p.bearing_deg as "bearingDeg", p.radius95_m as "radius95M", p.height_from as "heightFrom", p.warnings, p.reason_zh as "reasonZh", p.reason_en as "reasonEn"
    from source s
    cross join lateral (
      select id, flag_id, violation, place, from_at, state, row_number() over (order by created_at desc) as nth
      from clue where source_id = s.id and created_at >= ${from} and created_at < ${to}
      order by created_at desc limit ${mapCountMax + 1}
    ) c
    left join flag_place p on p.flag_id = c.flag_id
    where s.id in ${flyingSources}
    order by c.from_at desc, c.id`;
  const cut = walked
    .filter(({ nth }) => nth > mapCountMax)
    .map(({ sourceId, sourceName }) => ({ sourceId, sourceName }));
  const cutIds = new Set(cut.map(({ sourceId }) => sourceId));
  const rows = walked.filter(({ nth }) => nth <= mapCountMax);
  const known = rows.flatMap((row) => {
    const flag = placedFlag(row);
    return flag === null ? [] : [flag];
  });
  const bySource = groupBy(rows, ({ sourceId }) => sourceId);
  const seen = bbox === undefined ? known : known.filter((flag) => isWithin(bbox, flag));
  return {
    placed: {
      ...(seen.length <= mapPlacesMax ? { flags: seen, cells: [] } : inCells(seen, bbox ?? boundsOf(seen), across)),
      total: known.length,
      cut,
      without: withoutPlace(rows.filter(({ longitude }) => longitude === null)),
    },
    withoutOf: new Map(
      [...bySource].flatMap(([sourceId, list]) => {
        if (cutIds.has(sourceId)) return [];
        const without = list.filter(({ longitude }) => longitude === null);
        return [[sourceId, { flags: without.length, open: without.filter(({ open }) => open).length }]];
      }),
    ),
  };
}

function placedFlag({ longitude, latitude, longM, shortM, bearingDeg, radius95M, ...row }: Row): PlacedFlag | null {
  if (longitude === null || latitude === null) return null;
  if (longM === null || shortM === null || bearingDeg === null || radius95M === null) return null;
  const { sourceId, clueId, violation, statedPlace, heightFrom, from, open } = row;
  return {
    clueId,
    sourceId,
    violationTitle: findViolation(violation)?.title ?? { zh: violation, en: violation },
    statedPlace,
    longitude,
    latitude,
    ellipse: { longM, shortM, bearingDeg, radius95M },
    heightFrom: heightFrom === null ? null : heightFromSchema.parse(heightFrom),
    warnings: warningsOf(row),
    from: from.toISOString(),
    open,
  };
}

const isWithin = ([west, south, east, north]: Bounds, { longitude, latitude }: PlacedFlag): boolean =>
  longitude >= west && longitude <= east && latitude >= south && latitude <= north;

function inCells(
  flags: readonly PlacedFlag[],
  bounds: Bounds,
  across: number,
): Pick<MapFlags["placed"], "flags" | "cells"> {
  const cells = intoCells(flags, cellOf(bounds, across));
  return {
    flags: cells.flatMap(({ members }) => (members.length === 1 ? members : [])),
    cells: cells.flatMap(({ members, ...cell }) => (members.length === 1 ? [] : [{ ...cell, flags: members.length }])),
  };
}

function withoutPlace(rows: readonly Row[]): MapFlags["placed"]["without"] {
  const groups = groupBy(rows, ({ sourceId, reasonEn }) => `${sourceId}\n${reasonEn}`);
  return [...groups.values()].flatMap((list) => {
    const [first] = list;
    if (first === undefined) return [];
    const { sourceId, sourceName, reasonZh, reasonEn } = first;
    const reason = reasonZh === null || reasonEn === null ? notYet : { zh: reasonZh, en: reasonEn };
    return [{ sourceId, sourceName, reason, flags: list.length }];
  });
}
