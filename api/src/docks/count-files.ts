import type { Database } from "@mingcha/infra/db";
import {
  type DockFileState,
  dockFileStateCodes,
  dockFileStates,
  positioningPattern,
  type StateCount,
} from "@mingcha/models/dock";
import type { DockRow } from "@mingcha/models/http";
import { closedSql, troubleSql } from "./trouble-sql.ts";

/** Files of one dock, flight and state; null: their key names no flight. */
export interface FileCount extends StateCount {
  readonly sn: string;
  readonly flightId: string | null;
  /** Of them, those at which somebody has to look. */
  readonly awaiting: number;
}

/** Counts files of every dock, or of one. */
export function countFiles(db: Pick<Database, "$queryRaw">, sn: string | null = null): Promise<FileCount[]> {
  return db.$queryRaw<FileCount[]>`
    select sn, flight_id as "flightId", state, count(*)::int as files,
      count(*) filter (where trouble and not closed)::int as awaiting, count(*) filter (where trouble and closed)::int as closed,
      count(*) filter (where unseen)::int as unseen, count(*) filter (where counted)::int as counted
    from (
      select f.sn, f.flight_id, f.state, f.etag is null as unseen, ${troubleSql} as trouble,
        f.notices > 0 or f.name !~* ${positioningPattern} as counted,
        case when ${troubleSql} then ${closedSql} else false end as closed
      from dock_file f where ${sn}::text is null or f.sn = ${sn}) files
    group by sn, flight_id, state`;
}

const none = () =>
  Object.fromEntries(dockFileStateCodes.map((state): [DockFileState, number] => [state, 0])) as DockRow["files"];

/** Files by state, and how many await a person or were closed by one; a state of a newer version counts nowhere. */
export function sumUp(counts: readonly FileCount[]): Pick<DockRow, "files" | "awaiting" | "closed"> {
  const files = none();
  for (const { state, files: some } of counts)
    if (Object.hasOwn(dockFileStates, state)) files[state as DockFileState] += some;
  return { files, awaiting: sumOf(counts, "awaiting"), closed: sumOf(counts, "closed") };
}

export const sumOf = (counts: readonly FileCount[], what: "files" | "awaiting" | "closed"): number =>
  counts.reduce((sum, count) => sum + count[what], 0);
