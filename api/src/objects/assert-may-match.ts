import { objectDuties } from "@mingcha/models/objects";
import { assertNotTaken } from "../clues/lease-clue.ts";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { assertDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertNotRecused } from "../recusals/assert-not-recused.ts";

/** Who a record shows is said by people of its district who are not recused from it and whom nobody else has it open against. */
export async function assertMayMatch(deps: Deps, clue: LoadedClue, person: SignedIn): Promise<void> {
  const { district } = clue.flag.source;
  await assertDistrict(deps.db, { profile: deps.profile, district, person, needs: [objectDuties.confirm] });
  await assertNotRecused(deps.db, clue, person.id);
  assertNotTaken(clue, person.id, deps.now());
}
