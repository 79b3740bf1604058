import { coversDistrict, type Duty } from "@mingcha/models";
import { dutySchema, idSchema, peopleSchema } from "@mingcha/models/http";
import { districtName } from "@mingcha/models/profile";
import { z } from "zod";
import { type LoadedClue, loadClue } from "../../clues/load-clue.ts";
import type { Deps } from "../../deps.ts";
import { districtNames } from "../../people/bars.ts";
import { isQualified } from "../../people/qualification.ts";
import { assertDuty, personOf } from "../../plugins/access.ts";
import { isRecusedFrom, loadStanding, recusalRow } from "../../recusals/load-recusals.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/people?duty=&clueId=: who holds a duty, to be named in a case; with a record, why somebody may not be. */
export const registerListPeople: RegisterRoute = (app, deps) => {
  app.get(
    "/api/people",
    {
      config: { access: "signed_in" },
      schema: {
        querystring: z.object({ duty: dutySchema, clueId: idSchema.optional() }),
        response: { 200: peopleSchema },
      },
    },
    async (request) => {
      const { duty, clueId } = request.query;
      if (clueId !== undefined) assertDuty(personOf(request), recordReaders);
      const [people, barred] = await Promise.all([
        deps.db.person.findMany({
          where: { disabledAt: null, duties: { has: duty } },
          include: { certificates: true },
          orderBy: { name: "asc" },
        }),
        clueId === undefined ? null : loadClue(deps.db, clueId).then((clue) => findBarred(deps, clue)),
      ]);
      return {
        items: people.map((person) => ({
          id: person.id,
          name: person.name,
          badgeNo: person.badgeNo,
          duties: dutySchema.array().parse(person.duties),
          districts: person.districts,
          qualified: isQualified(person, deps.now(), deps.profile.timezone),
          barred: barred?.(person) ?? null,
        })),
      };
    },
  );
};

/** Why a person may not be named for a record: recused, of another district, or a reviewer of it. */
async function findBarred({ db, profile }: Deps, clue: LoadedClue) {
  const recusals = [...clue.recusals.map(recusalRow), ...(await loadStanding(db))];
  const { district } = clue.flag.source;
  return (person: { id: string; districts: string[]; duties: string[] | Duty[] }) => {
    if (isRecusedFrom(recusals, person.id, clue)) return { zh: "应当回避", en: "recused" };
    if (clue.reviews.some(({ reviewerId }) => reviewerId === person.id))
      return { zh: "审核过本记录", en: "reviewed this record" };
    if (coversDistrict(person.districts, district)) return null;
    const [have, need] = [districtNames(profile, person.districts), districtName(profile, district)];
    return { zh: `辖区为${have.zh}，不含${need.zh}`, en: `works in ${have.en}, not in ${need.en}` };
  };
}
