import { AppError } from "@mingcha/models";
import { clueRecusalBodySchema, idSchema, recusalCreatedSchema, standingRecusalBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { assertDuty, personOf } from "../../plugins/access.ts";
import { actingDuties, assertPlace, raiseRecusal } from "../../recusals/raise-recusal.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/clues/{id}/recusals: stays away from a record, or asks that somebody else does (APL 43). */
export const registerRaiseClueRecusal: RegisterRoute = (app, deps) => {
  app.post(
    "/api/clues/:id/recusals",
    {
      config: { access: actingDuties },
      schema: {
        params: z.object({ id: idSchema }),
        body: clueRecusalBodySchema,
        response: { 200: recusalCreatedSchema },
      },
    },
    async (request) => {
      const { personId, reasonCode, note } = request.body;
      const about = { clueId: request.params.id };
      return { id: await raiseRecusal(deps, { personId, about, reasonCode, note }, personOf(request)) };
    },
  );
};

/** POST /api/recusals: a standing recusal for a place, the own one, or anybody's by the administrator. */
export const registerRecordRecusal: RegisterRoute = (app, deps) => {
  app.post(
    "/api/recusals",
    {
      config: { access: [...actingDuties, "administrator"] },
      schema: { body: standingRecusalBodySchema, response: { 200: recusalCreatedSchema } },
    },
    async (request) => {
      const person = personOf(request);
      const { personId, place, reasonCode, note } = request.body;
      assertPlace(place);
      if (personId !== person.id) assertDuty(person, ["administrator"]);
      else if (!person.duties.some((duty) => actingDuties.includes(duty)))
        throw new AppError("BAD_INPUT", {
          reason: "您不办理记录，无须回避 / you take no steps on records and have nothing to stay away from",
        });
      return { id: await raiseRecusal(deps, { personId, about: { place }, reasonCode, note }, person) };
    },
  );
};
