import { type Database, Prisma } from "@mingcha/infra/db";
import { openStates } from "@mingcha/models/clue";
import { boundsOf, cellOf, intoCells } from "@mingcha/models/geo";
import { type MapFlags, mapCountMax, mapPlacesMax } from "@mingcha/models/http";
import { findPlacedFlags } from "./find-placed-flags.ts";

export interface MapFlagsQuery {
  readonly from: Date;
  readonly to: Date;
  /** West, south, east, north. Left out: everywhere. */
  readonly bbox?: readonly [number, number, number, number] | undefined;
  /** Cells along the longer side of the view where sources are counted in cells. */
  readonly across: number;
}

type Row = { sourceId: string; longitude: number; latitude: number; flags: number; open: number };
type Place = MapFlags["places"][number];

/** Sources a map may hold; a bureau has fewer. */
const sourcesMax = 20_000;

/**
 * Flags by source that came in within a span. Each source is one walk down an index, newest first, as far as {@link mapCountMax}: so the answer
 * costs by sources in view, not by flags in the archive. Those of flying sources lie where their things stand; at the source only
 * the rest counts, and all of them where some are too old to be placed.
 */
export async function findMapFlags(db: Database, query: MapFlagsQuery): Promise<MapFlags> {
  const [counted, { placed, withoutOf }] = await Promise.all([countBySource(db, query), findPlacedFlags(db, query)]);
  const rows = counted.map((row) => ({ ...row, ...withoutOf.get(row.sourceId) }));
  if (rows.length <= mapPlacesMax)
    return {
      places: rows.map((row): Place => ({ ...row, sources: 1, bounds: boundsOf([row]) })),
      clustered: false,
      placed,
    };
  const cell = cellOf(query.bbox ?? boundsOf(rows), query.across);
  return { places: cluster(rows, cell), clustered: true, placed };
}

function countBySource(db: Database, { from, to, bbox }: MapFlagsQuery): Promise<Row[]> {
  const inView =
    bbox === undefined
      ? Prisma.empty
      : Prisma.sql`and s.longitude between ${bbox[0]} and ${bbox[2]} and s.latitude between ${bbox[1]} and ${bbox[3]}`;
  return db.$queryRaw<Row[]>`
    select s.id as "sourceId", s.longitude, s.latitude, n.flags::int as flags, n.open::int as open from (
      select id, longitude, latitude from source s where longitude is not null and latitude is not null ${inView}
      order by id limit ${sourcesMax}
    ) s
    cross join lateral (
      select count(*) as flags, count(*) filter (where c.state = any(${openStates}::"ClueState"[])) as open from (
        select state from clue where source_id = s.id and created_at >= ${from} and created_at < ${to}
        order by created_at desc limit ${mapCountMax}
      ) c
    ) n`;
}

/** Sources by cells of a grid over the earth, each cell marked at the middle of its sources. */
export function cluster(rows: readonly Row[], cell: number): Place[] {
  const sum = (list: readonly Row[], of: (row: Row) => number): number => list.reduce((all, row) => all + of(row), 0);
  return intoCells(rows, cell).map(({ members, ...place }) => ({
    ...place,
    sourceId: members.length === 1 ? (members[0]?.sourceId ?? null) : null,
    sources: members.length,
    flags: sum(members, ({ flags }) => flags),
    open: sum(members, ({ open }) => open),
  }));
}
