import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { aircraftClassCodes, type FlightStatement } from "@mingcha/models/device";

const newestStatement = { statements: { orderBy: { ordinal: "desc" } } } as const satisfies Prisma.FlightInclude;
export type LoadedFlight = Prisma.FlightGetPayload<{ include: typeof newestStatement }>;

/** Flights with what their pilots stated, the newest statement first. */
export const findFlights = (db: DatabaseOrTransaction, ids: readonly string[]): Promise<LoadedFlight[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.flight.findMany({ where: { id: { in: [...ids] } }, include: newestStatement });

/** The statement that counts, or null. */
export function statementOf(flight: Pick<LoadedFlight, "statements">): FlightStatement | null {
  const [row] = flight.statements;
  if (row === undefined) return null;
  const { registration, operator, noApprovalReason, inFreeAirspace, byRelay, overCrowd, statedHeightM } = row;
  return {
    // a class nobody knows any more needs what the largest needs
    aircraftClass: aircraftClassCodes.find((code) => code === row.aircraftClass) ?? "large",
    registration,
    operator,
    approval:
      row.approvalNumber === null || row.heightLimitM === null
        ? null
        : { number: row.approvalNumber, heightLimitM: row.heightLimitM },
    noApprovalReason,
    inFreeAirspace,
    byRelay,
    overCrowd,
    statedHeightM,
  };
}
