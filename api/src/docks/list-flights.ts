import type { Database, DockFlightModel } from "@mingcha/infra/db";
import type { FileCount } from "./count-files.ts";
import { closedSql, troubleSql } from "./trouble-sql.ts";

const flightsMax = 50;
/** Of them, those that are there for their files alone: what came just now is seen as well. */
const awaitingMax = 40;

/**
 * Flights of a dock, newest first: those of which a file awaits a person, however old, the oldest of them first where they are too many, and the
 * newest fill up. `openMore`: flights of the first kind that are not listed.
 */
export async function listFlights(
  db: Pick<Database, "$queryRaw" | "dockFlight">,
  sn: string,
  counts: readonly FileCount[],
): Promise<{ readonly flights: DockFlightModel[]; readonly openMore: number }> {
  const awaiting = await db.$queryRaw<{ flightId: string }[]>`
    select d.flight_id as "flightId" from dock_flight d
    where d.sn = ${sn} and exists (
      select 1 from dock_file f where f.sn = d.sn and f.flight_id = d.flight_id and ${troubleSql} and not ${closedSql})
    order by d.first_seen_at, d.flight_id limit ${awaitingMax}`;
  const ids = awaiting.map(({ flightId }) => flightId);
  const [held, newest] = await Promise.all([
    db.dockFlight.findMany({ where: { sn, flightId: { in: ids } } }),
    db.dockFlight.findMany({
      where: { sn, flightId: { notIn: ids } },
      orderBy: { lastSeenAt: "desc" },
      take: flightsMax - ids.length,
    }),
  ]);
  const flights = [...held, ...newest].sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
  const listed = new Set(flights.map(({ flightId }) => flightId));
  const left = counts.filter(
    ({ flightId, awaiting: files }) => flightId !== null && files > 0 && !listed.has(flightId),
  );
  return { flights, openMore: new Set(left.map(({ flightId }) => flightId)).size };
}
