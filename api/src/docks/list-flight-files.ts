import type { DatabaseOrTransaction, DockModel } from "@mingcha/infra/db";
import type { DockFileView } from "@mingcha/models/http";
import { closedSql, troubleSql } from "./trouble-sql.ts";
import { viewDockFiles } from "./view-dock-files.ts";

const filesMax = 100;
/** Of files with trouble or not taken yet: a flight brings some hundreds at most, a dock that makes up names any number. */
const openMax = 500;

const closedRank = 3;
const cleanRank = 4;

/**
 * Files of a flight: whatever is neither cleanly taken in nor closed comes first and always, those that await a person before all, then what a person
 * closed, and the others fill up.
 * `openMore`: files of the first kind that are not listed.
 */
export async function listFlightFiles(
  db: DatabaseOrTransaction,
  dock: Pick<DockModel, "sn" | "sourceId">,
  flightId: string,
): Promise<{ readonly files: DockFileView[]; readonly openMore: number }> {
  const ranked = await db.$queryRaw<{ id: string; rank: number; open: bigint }[]>`
    select id, rank, count(*) filter (where rank < ${closedRank}) over () as open
    from (
      select f.id, f.name,
        case
          when ${troubleSql} and ${closedSql} then ${closedRank}
          when ${troubleSql} then 0
          when i.state = 'DUPLICATE' or jsonb_array_length(c.telemetry_checks) > 0 or f.admission is not null then 1
          when f.state <> 'taken' then 2
          else ${cleanRank}
        end as rank
      from dock_file f left join intake i on i.id = f.intake_id left join clip c on c.id = i.clip_id
      where f.sn = ${dock.sn} and f.flight_id = ${flightId}) ranks
    order by rank, name limit ${openMax}`;
  const shown = ranked.filter(({ rank }, place) => rank < cleanRank || place < filesMax);
  const rows = await db.dockFile.findMany({ where: { id: { in: shown.map(({ id }) => id) } } });
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const open = Number(ranked[0]?.open ?? 0);
  return {
    files: await viewDockFiles(
      db,
      dock,
      shown.flatMap(({ id }) => rowOf.get(id) ?? []),
    ),
    openMore: Math.max(0, open - ranked.filter(({ rank }) => rank < closedRank).length),
  };
}
