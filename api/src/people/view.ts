import type { PersonView } from "@mingcha/models/http";
import type { SignedIn } from "./sessions.ts";

/** The signed-in person as pages see it. */
export function viewPerson(person: SignedIn): PersonView {
  return { id: person.id, login: person.login, name: person.name, badgeNo: person.badgeNo, duties: [...person.duties] };
}
