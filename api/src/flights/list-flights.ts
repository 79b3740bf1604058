import { flightLacks } from "@mingcha/models/device";
import { type FlightChecklists, listsOf, newestAnswers } from "@mingcha/models/flight-checks";
import type { FlightsView, FlightView } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { namesOf } from "../people/names-of.ts";
import type { SignedIn } from "../people/sessions.ts";
import { statementOf } from "./find-flights.ts";
import { hasOwnFlightsOnly } from "./find-own-flight.ts";

/** Flights a page shows, newest first. */
const flightsMax = 50;

/** The newest flights with what was stated of them; a pilot who holds no other duty sees the own ones and those nobody claimed. */
export async function listFlights({ db, profile }: Deps, person: SignedIn): Promise<FlightsView> {
  const flights = await db.flight.findMany({
    where: hasOwnFlightsOnly(person) ? { OR: [{ operatorId: person.id }, { operatorId: null }] } : {},
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
    take: flightsMax,
    include: {
      statements: { orderBy: { ordinal: "desc" } },
      checks: { orderBy: { ordinal: "asc" } },
      _count: { select: { clips: true } },
    },
  });
  const sources = await db.source.findMany({
    where: { id: { in: flights.map(({ sourceId }) => sourceId) } },
    select: { id: true, name: true, timezone: true },
  });
  const people = await namesOf(
    db,
    flights.flatMap(({ statements }) => statements.map(({ createdBy }) => createdBy)),
  );
  const items = flights.map((flight): FlightView => {
    const source = sources.find(({ id }) => id === flight.sourceId);
    const statement = statementOf(flight);
    const [row] = flight.statements;
    return {
      id: flight.id,
      sourceId: flight.sourceId,
      sourceName: source?.name ?? flight.sourceId,
      timezone: source?.timezone ?? "Asia/Shanghai",
      startedAt: flight.startedAt.toISOString(),
      clips: flight._count.clips,
      recordedHeightM: flight.maxHeightM,
      statement:
        statement === null || row === undefined
          ? null
          : {
              ...statement,
              checklists: row.checklists,
              by: row.createdBy === null ? null : (people.get(row.createdBy) ?? row.createdBy),
              at: row.createdAt.toISOString(),
            },
      statements: flight.statements.length,
      lacks: flightLacks(statement, flight.maxHeightM),
      checks: countChecks(profile.flightChecklists, row?.checklists ?? [], flight.checks),
    };
  });
  return {
    items,
    mayState: person.duties.includes("pilot"),
    checklists: profile.flightChecklists.items.map(({ id, name }) => ({ id, name })),
  };
}

function countChecks(
  checklists: FlightChecklists,
  chosen: readonly string[],
  answers: readonly { listId: string; checkId: string }[],
): FlightView["checks"] {
  const newest = newestAnswers(answers);
  const keys = listsOf(checklists, chosen).flatMap(({ id, checks }) => checks.map((check) => `${id}/${check.id}`));
  return { answered: keys.filter((key) => newest.has(key)).length, total: keys.length };
}
