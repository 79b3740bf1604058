import { type Database, Prisma } from "@mingcha/infra/db";
import { openStates } from "@mingcha/models/clue";
import { type MapFlags, mapCountMax, mapPlacesMax } from "@mingcha/models/http";

export interface MapFlagsQuery {
  readonly from: Date;
  readonly to: Date;
  /** West, south, east, north. Left out: everywhere. */
  readonly bbox?: readonly [number, number, number, number] | undefined;
}

type Row = { sourceId: string; longitude: number; latitude: number; flags: number; open: number };
type Place = MapFlags["places"][number];

/** Sources a map may hold; a bureau has fewer. */
const sourcesMax = 20_000;
/** Cells across the view when there are too many sources for one mark each: marks with two numbers must find room beside one another. */
const cellsAcross = 10;

/**
 * Flags by source that came in within a span. Each source is one walk down an index, newest first, as far as {@link mapCountMax}: so the answer
 * costs by sources in view, not by flags in the archive.
 */
export async function findMapFlags(db: Database, { from, to, bbox }: MapFlagsQuery): Promise<MapFlags> {
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
  return { places: cluster(rows), clustered: true };
}

/** Sources by cells of a grid over where they are, each cell marked at the middle of its sources. */
export function cluster(rows: readonly Row[]): Place[] {
  const longitudes = rows.map(({ longitude }) => longitude);
  const latitudes = rows.map(({ latitude }) => latitude);
  const west = Math.min(...longitudes);
  const south = Math.min(...latitudes);
  const cell = Math.max(Math.max(...longitudes) - west, Math.max(...latitudes) - south, 1e-6) / cellsAcross;
  const index = (value: number, begin: number): number => Math.min(cellsAcross - 1, Math.floor((value - begin) / cell));
  const cells = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${index(row.longitude, west)}/${index(row.latitude, south)}`;
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
