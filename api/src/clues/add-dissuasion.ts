import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { clueEventBodySchema, DissuasionBody } from "@mingcha/models/http";
import type { Profile } from "@mingcha/models/profile";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { dissuasionText } from "./dissuasion-text.ts";
import type { LoadedClue } from "./load-clue.ts";

/** A step that dissuades says how, whom, and how long the party has; not less than the bureau allows. */
export function assertDissuasion(profile: Profile, { dissuasion }: z.output<typeof clueEventBodySchema>): void {
  if (dissuasion === undefined)
    throw new AppError("BAD_INPUT", { reason: "须填写劝阻方式、对象和改正期限 / say how, whom, and by when" });
  const least = profile.dissuasion.minCorrectMin;
  if (dissuasion.correctWithinMin < least)
    throw new AppError("BAD_INPUT", {
      reason: `改正期限不得少于 ${least} 分钟 / at least ${least} minutes are allowed`,
    });
  const digits = dissuasion.recipient.replace(/[\s-]/g, "");
  if (dissuasion.channel !== "on_site" && !/^\+?\d{5,15}$/.test(digits))
    throw new AppError("BAD_INPUT", { reason: "须填写电话号码 / a telephone number is needed" });
}

/** Keeps the attempt in the transaction of the step. Messages and calls are sent by the sweep afterwards, so that none is sent unrecorded. */
export async function addDissuasion(
  tx: DatabaseOrTransaction,
  deps: Deps,
  clue: LoadedClue,
  body: DissuasionBody,
  person: SignedIn,
): Promise<string> {
  const now = deps.now();
  const row = await tx.dissuasion.create({
    data: {
      clueId: clue.id,
      channel: body.channel,
      recipient: body.recipient,
      text: dissuasionText(deps.profile, clue, body.correctWithinMin),
      outcome: body.channel === "on_site" ? "done" : "pending",
      sentAt: now,
      correctBy: new Date(now.getTime() + body.correctWithinMin * 60_000),
      createdBy: person.id,
    },
  });
  return row.id;
}
