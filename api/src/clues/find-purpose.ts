import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { purposeLacks } from "@mingcha/models/device";
import type { LoadedDevice } from "../devices/load-device.ts";
import { findFlights, statementOf } from "../flights/find-flights.ts";
import type { LoadedClue } from "./load-clue.ts";

/**
 * Whether the pictures of a record have a lawful purpose (guard G-10), and the people who flew: whoever recorded or stated a flight collected it.
 */
export async function findPurpose(
  db: DatabaseOrTransaction,
  clue: LoadedClue,
  { records }: Pick<LoadedDevice, "records">,
  clips: readonly { flightId: string | null }[],
): Promise<{ lacks: { zh: string; en: string }[]; pilotIds: string[] }> {
  const flights = await findFlights(
    db,
    clips.flatMap(({ flightId }) => (flightId === null ? [] : [flightId])),
  );
  const lacks = purposeLacks({
    sourceKind: clue.flag.source.kind,
    records,
    fromMs: clue.from.getTime(),
    toMs: clue.to.getTime(),
    flights: clips.map(({ flightId }) => {
      const flight = flights.find(({ id }) => id === flightId);
      return flight === undefined ? null : { statement: statementOf(flight), recordedHeightM: flight.maxHeightM };
    }),
  });
  const pilots = flights.flatMap((flight) => [flight.operatorId, ...flight.statements.map((row) => row.createdBy)]);
  return { lacks, pilotIds: pilots.filter((id) => id !== null) };
}
