import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { flightStatementBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";

/** A pilot states the facts of a flight of their own, or of one nobody claimed: a new statement each time, none is ever changed. */
export async function stateFlight(
  { db }: Deps,
  flightId: string,
  { statements, approval, ...body }: z.output<typeof flightStatementBodySchema>,
  person: SignedIn,
): Promise<void> {
  const flight = await db.flight.findUnique({ where: { id: flightId }, select: { id: true, operatorId: true } });
  if (flight === null) throw new AppError("NOT_FOUND", {}, { detail: `flight ${flightId}` });
  if (flight.operatorId !== null && flight.operatorId !== person.id)
    throw new AppError("BAD_INPUT", { reason: "只能填报自己的飞行 / a pilot states the own flights only" });
  try {
    await db.$transaction(async (tx) => {
      if ((await tx.flightStatement.count({ where: { flightId } })) !== statements) throw new AppError("STALE");
      await tx.flightStatement.create({
        data: {
          flightId,
          ordinal: statements + 1,
          ...body,
          approvalNumber: approval?.number ?? null,
          heightLimitM: approval?.heightLimitM ?? null,
          createdBy: person.id,
        },
      });
      await appendCustody(tx, {
        action: "flight.stated",
        subject: `flight:${flightId}`,
        actor: { kind: "person", id: person.id, name: person.name },
        detail: { ordinal: statements + 1, approval, ...body },
      });
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AppError("STALE");
    throw error;
  }
}
