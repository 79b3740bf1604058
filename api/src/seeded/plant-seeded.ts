import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { lockSource } from "@mingcha/infra/retention";
import { AppError } from "@mingcha/models";
import type { seededItemBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import { type LoadedClue, loadClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertImageryKept } from "../retention/assert-kept.ts";
import type { SeededStage } from "./open-seeded.ts";

type Body = z.output<typeof seededItemBodySchema>;

/** What a stage said of a record in the round that ended it; null where it said nothing final. */
export function outcomeOf(clue: Pick<LoadedClue, "reviews" | "round">, stage: SeededStage): "pass" | "fail" | null {
  const last = clue.reviews.filter(({ round, kind }) => round === clue.round && kind === stage).at(-1);
  return last?.result === "pass" || last?.result === "fail" ? last.result : null;
}

/** Makes a known item of a record that is closed for certain: filed, or rejected. The answer is what the stage said of it then. */
export async function plantSeeded(deps: Deps, body: Body, person: SignedIn): Promise<string> {
  const clue = await loadClue(deps.db, body.clueId);
  if (clue.state !== "FILED" && clue.state !== "REJECTED")
    throw new AppError("BAD_INPUT", {
      reason: "只能选用已立案或审核未通过的记录 / only a record that was filed or rejected has a certain outcome",
    });
  const outcome = outcomeOf(clue, body.stage);
  if (outcome !== body.answer)
    throw new AppError("BAD_INPUT", {
      reason:
        outcome === null
          ? "该环节没有对此记录作出结论 / that stage gave no verdict on this record"
          : `该环节当时的结论是“${outcome === "pass" ? "通过" : "不通过"}” / that stage's verdict was "${outcome}"`,
    });
  try {
    return await deps.db.$transaction(async (tx) => {
      await lockSource(tx, clue.sourceId);
      await assertImageryKept(tx, deps, clue);
      const planted = await tx.seededItem.create({
        data: { ...body, createdBy: person.id, createdAt: deps.now() },
      });
      await appendCustody(tx, {
        action: "seeded.planted",
        subject: `seeded:${planted.id}`,
        actor: { kind: "person", id: person.id, name: person.name },
        detail: { clueId: body.clueId, stage: body.stage, answer: body.answer },
      });
      return planted.id;
    });
  } catch (error) {
    if (isDuplicate(error))
      throw new AppError("BAD_INPUT", {
        reason: "该记录在该环节已是已知答案记录 / it is a known item of that stage already",
      });
    throw error;
  }
}

/** Takes a known item out of every queue. */
export async function withdrawSeeded(deps: Deps, id: string, person: SignedIn): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.seededItem.updateMany({
      where: { id, withdrawnAt: null },
      data: { withdrawnAt: deps.now(), withdrawnBy: person.id },
    });
    if (count !== 1) throw new AppError("NOT_FOUND", {}, { detail: `seeded item ${id}` });
    await appendCustody(tx, {
      action: "seeded.withdrawn",
      subject: `seeded:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {},
    });
  });
}
