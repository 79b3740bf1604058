import { dutySchema, peopleSchema } from "@mingcha/models/http";
import { z } from "zod";
import { isQualified } from "../../people/sessions.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/people?duty=: who holds a duty, to be named in a case. */
export const registerListPeople: RegisterRoute = (app, deps) => {
  app.get(
    "/api/people",
    {
      config: { access: "signed_in" },
      schema: { querystring: z.object({ duty: dutySchema }), response: { 200: peopleSchema } },
    },
    async (request) => {
      const people = await deps.db.person.findMany({
        where: { disabledAt: null, duties: { has: request.query.duty } },
        orderBy: { name: "asc" },
      });
      return {
        items: people.map((person) => ({
          id: person.id,
          name: person.name,
          badgeNo: person.badgeNo,
          duties: dutySchema.array().parse(person.duties),
          qualified: isQualified(person, deps.now()),
        })),
      };
    },
  );
};
