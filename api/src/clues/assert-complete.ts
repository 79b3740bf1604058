import { AppError } from "@mingcha/models";
import { type ClueTransition, checklistGaps, reasonsOf } from "@mingcha/models/clue";
import type { clueEventBodySchema } from "@mingcha/models/http";
import type { Profile } from "@mingcha/models/profile";
import type { z } from "zod";

type Body = z.output<typeof clueEventBodySchema>;

const wrong = (zh: string, en: string) => new AppError("BAD_INPUT", { reason: `${zh} / ${en}` });

/** A step without what the table says it asks for, or with what it does not, is refused with a sentence. */
export function assertComplete(
  body: Body,
  transition: ClueTransition,
  review: { kind: "technical" | "legal" | "merged" } | undefined,
  profile: Pick<Profile, "closingReasons">,
): void {
  const { asks } = transition;
  if (asks === "checklist" && review !== undefined) {
    const [gap] = checklistGaps(review.kind, body.checklist);
    if (gap) throw wrong(`审核项未通过或未填：${gap.zh}`, `check list item open or failed: ${gap.en}`);
  }
  const codes =
    asks === "closing" ? profile.closingReasons.map(({ code }) => code) : Object.keys(reasonsOf(asks) ?? {});
  if (codes.length > 0 && body.reasonCode === undefined) throw wrong("须选择理由", "a reason code is needed");
  if (codes.length > 0 && !codes.includes(body.reasonCode ?? ""))
    throw wrong(
      `此步骤没有理由“${body.reasonCode}”；可选：${codes.join("、")}`,
      `this step has no reason "${body.reasonCode}"; there are: ${codes.join(", ")}`,
    );
  const needsNote = asks === "note" || (codes.length > 0 && body.reasonCode === "other");
  if (needsNote && !body.note?.trim()) throw wrong("须填写说明", "a note is needed");
  if (asks === "transfer" && body.transferTo === undefined)
    throw wrong("须填写接收机关", "the receiving authority is needed");
  if (asks !== "dissuasion" && body.dissuasion !== undefined)
    throw wrong("此步骤不发劝导", "this step sends no word to the party");
  if (asks === "officers" && new Set(body.handlerIds ?? []).size !== 2)
    throw wrong("须指定两名不同的执法人员", "two different officers are needed");
}
