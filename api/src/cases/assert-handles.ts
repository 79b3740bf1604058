import { AppError } from "@mingcha/models";
import type { SignedIn } from "../people/sessions.ts";
import type { LoadedCase } from "./load-case.ts";

/** Only the two handlers of a case work on it, whatever other handlers there are. */
export function assertHandles(found: LoadedCase, person: SignedIn): void {
  if (found.handlers.some((handler) => handler.personId === person.id)) return;
  throw new AppError("WRONG_ROLE", {
    have: "非本案承办人",
    haveEn: "not a handler of this case",
    need: found.handlers.map((handler) => handler.person.name).join("、"),
    needEn: found.handlers.map((handler) => handler.person.name).join(", "),
  });
}
