import type { DatabaseOrTransaction, DockModel } from "@mingcha/infra/db";
import type { DockFileView } from "@mingcha/models/http";
import { closedSql, troubleSql } from "./trouble-sql.ts";
import { viewDockFiles } from "./view-dock-files.ts";

const straysMax = 50;

/** Objects of a dock whose key names no flight: first those that await a person, the oldest first, then the newest of the others. */
export async function listStrays(
  db: DatabaseOrTransaction,
  dock: Pick<DockModel, "sn" | "sourceId">,
): Promise<{ readonly files: DockFileView[]; readonly more: number; readonly openMore: number }> {
  const ranked = await db.$queryRaw<{ id: string; awaits: boolean; total: number; open: number }[]>`
    select id, awaits, (count(*) over ())::int as total, (count(*) filter (where awaits) over ())::int as open
    from (
      select f.id, f.found_at, ${troubleSql} and not ${closedSql} as awaits
      from dock_file f where f.sn = ${dock.sn} and f.flight_id is null) strays
    order by awaits desc, case when awaits then found_at end, found_at desc, id limit ${straysMax}`;
  const rows = await db.dockFile.findMany({ where: { id: { in: ranked.map(({ id }) => id) } } });
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const { total, open } = ranked[0] ?? { total: 0, open: 0 };
  return {
    files: await viewDockFiles(
      db,
      dock,
      ranked.flatMap(({ id }) => rowOf.get(id) ?? []),
    ),
    more: total - ranked.length,
    openMore: open - ranked.filter(({ awaits }) => awaits).length,
  };
}
