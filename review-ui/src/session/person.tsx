import type { Duty } from "@mingcha/models";
import type { PersonView } from "@mingcha/models/http";
import { createContext, use } from "react";

const PersonContext = createContext<PersonView | null>(null);

export const PersonProvider = PersonContext;

/** The person who is signed in; pages below the sign-in gate always have one. */
export function usePerson(): PersonView {
  const person = use(PersonContext);
  if (person === null) throw new Error("usePerson outside the sign-in gate");
  return person;
}

export function holdsAny(person: PersonView, duties: readonly Duty[]): boolean {
  return person.duties.some((duty) => duties.includes(duty));
}
