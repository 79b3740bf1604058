import type { FlightModel } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { recordReaders } from "../routes/readers.ts";

/** Whether a person has the flights of others before them only as far as nobody claimed them: whoever may not browse records either. */
export const hasOwnFlightsOnly = ({ duties }: Pick<SignedIn, "duties">): boolean =>
  !duties.some((duty) => recordReaders.includes(duty));

/** A flight that the person may look at: who only flies, or flies and keeps base data, has the own ones and those nobody claimed. */
export async function findOwnFlight(
  { db }: Pick<Deps, "db">,
  id: string | null,
  person: SignedIn,
): Promise<FlightModel> {
  const flight = id === null ? null : await db.flight.findUnique({ where: { id } });
  const isOwn = flight?.operatorId === null || flight?.operatorId === person.id;
  if (flight === null || (hasOwnFlightsOnly(person) && !isOwn))
    throw new AppError("NOT_FOUND", {}, { detail: `flight ${id}` });
  return flight;
}
