import type { FlightModel } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";

/** A flight that the person may look at: a pilot who holds no other duty has the own ones and those nobody claimed. */
export async function findOwnFlight(
  { db }: Pick<Deps, "db">,
  id: string | null,
  person: SignedIn,
): Promise<FlightModel> {
  const flight = id === null ? null : await db.flight.findUnique({ where: { id } });
  const isPilotAlone = person.duties.every((duty) => duty === "pilot");
  const isOwn = flight?.operatorId === null || flight?.operatorId === person.id;
  if (flight === null || (isPilotAlone && !isOwn)) throw new AppError("NOT_FOUND", {}, { detail: `flight ${id}` });
  return flight;
}
