import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { hasCheck } from "@mingcha/models/flight-checks";
import type { flightCheckBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { findOwnFlight } from "./find-own-flight.ts";
import { checkDuties } from "./view-checks.ts";

/** A person says what the pictures of a flight show of one check: an answer more each time, none is ever changed. */
export async function answerCheck(
  deps: Deps,
  flightId: string,
  { answers, frame, ...body }: z.output<typeof flightCheckBodySchema>,
  person: SignedIn,
): Promise<void> {
  const { db, profile } = deps;
  const { sourceId } = await findOwnFlight(deps, flightId, person);
  if (!hasCheck(profile.flightChecklists, body.listId, body.checkId))
    throw new AppError("NOT_FOUND", {}, { detail: `check ${body.listId}/${body.checkId}` });
  if (frame !== null) {
    const { clipId, offsetMs } = frame;
    const clip = await db.clip.findFirst({ where: { id: clipId, flightId }, select: { durationMs: true } });
    if (clip === null || offsetMs > clip.durationMs)
      throw new AppError("BAD_INPUT", { reason: "画面不属于这次飞行 / the picture is none of this flight" });
  }
  try {
    await db.$transaction(async (tx) => {
      await assertSourceDistrict(tx, { profile, sourceId, person, needs: [checkDuties] });
      if ((await tx.flightCheckAnswer.count({ where: { flightId } })) !== answers) throw new AppError("STALE");
      await tx.flightCheckAnswer.create({
        data: {
          flightId,
          ordinal: answers + 1,
          ...body,
          clipId: frame?.clipId ?? null,
          offsetMs: frame?.offsetMs ?? null,
          createdBy: person.id,
        },
      });
      await appendCustody(tx, {
        action: "flight.checked",
        subject: `flight:${flightId}`,
        actor: { kind: "person", id: person.id, name: person.name },
        detail: { ordinal: answers + 1, listId: body.listId, checkId: body.checkId, answer: body.answer, frame },
      });
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AppError("STALE");
    throw error;
  }
}
