import type { PersonView } from "@mingcha/models/http";
import type { SignedIn } from "./sessions.ts";

/** The signed-in person as pages see it. */
export function viewPerson(person: SignedIn): PersonView {
  const { id, login, name, badgeNo, duties, districts } = person;
  return { id, login, name, badgeNo, duties: [...duties], districts: [...districts] };
}
