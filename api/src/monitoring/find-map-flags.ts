import { type Database, Prisma } from "@mingcha/infra/db";
import { openStates } from "@mingcha/models/clue";
import { type MapFlags, mapCountMax, mapPlacesMax } from "@mingcha/models/http";

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
 * costs by sources in view, not by flags in the archive.
 */
export async function findMapFlags(db: Database, { from, to, bbox, across }: MapFlagsQuery): Promise<MapFlags> {
  const inView =
    bbox === undefined
      ? Prisma.empty
      : Prisma.sql`and s.longitude between ${bbox[0]} and ${bbox[2]} and s.latitude between ${bbox[1]} and ${bbox[3]}`;
  const rows = await db.$queryRaw<Row[]>`
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
  if (rows.length <= mapPlacesMax)
    return { places: rows.map((row): Place => ({ ...row, sources: 1, bounds: boundsOf([row]) })), clustered: false };
  return { places: cluster(rows, cellOf(bbox ?? boundsOf(rows), across)), clustered: true };
}

/** Degrees of a cell, in half powers of two: the same while a view is only moved, so that groups stand still meanwhile. */
export function cellOf([west, south, east, north]: Readonly<Place["bounds"]>, across: number): number {
  const least = Math.max(east - west, north - south, 1e-6) / across;
  return 2 ** (Math.ceil(Math.log2(least) * 2) / 2);
}

/** Sources by cells of a grid over the earth, each cell marked at the middle of its sources. */
export function cluster(rows: readonly Row[], cell: number): Place[] {
  const index = (degrees: number): number => Math.floor(degrees / cell);
  const cells = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${index(row.longitude)}/${index(row.latitude)}`;
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  const sum = (list: readonly Row[], of: (row: Row) => number): number => list.reduce((all, row) => all + of(row), 0);
  return [...cells.values()].map((list) => ({
    sourceId: list.length === 1 ? (list[0]?.sourceId ?? null) : null,
    sources: list.length,
    longitude: sum(list, ({ longitude }) => longitude) / list.length,
    latitude: sum(list, ({ latitude }) => latitude) / list.length,
    bounds: boundsOf(list),
    flags: sum(list, ({ flags }) => flags),
    open: sum(list, ({ open }) => open),
  }));
}

function boundsOf(rows: readonly Row[]): Place["bounds"] {
  const longitudes = rows.map(({ longitude }) => longitude);
  const latitudes = rows.map(({ latitude }) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}
