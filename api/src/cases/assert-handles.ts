import { AppError, isRecused } from "@mingcha/models";
import { guards } from "@mingcha/models/clue";
import type { SignedIn } from "../people/sessions.ts";
import { recusalRow } from "../recusals/load-recusals.ts";
import type { LoadedCase } from "./load-case.ts";

/** Only the two handlers of a case work on it, whatever other handlers there are, and none of them who is recused from its record. */
export function assertHandles(found: LoadedCase, person: SignedIn): void {
  if (!found.handlers.some((handler) => handler.personId === person.id))
    throw new AppError("WRONG_ROLE", {
      have: "非本案承办人",
      haveEn: "not a handler of this case",
      need: found.handlers.map((handler) => handler.person.name).join("、"),
      needEn: found.handlers.map((handler) => handler.person.name).join(", "),
    });
  if (!isRecused(found.clue.recusals.map(recusalRow), person.id, found.clue)) return;
  const { basis, allowed } = guards["H-43"];
  throw new AppError("GUARD_REFUSED", {
    guard: "H-43",
    basis,
    zh: `您对本案应当回避；${allowed.zh}`,
    en: `You are recused from this case; ${allowed.en}`,
  });
}
