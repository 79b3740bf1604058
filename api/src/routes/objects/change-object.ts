import { idSchema, objectChangeBodySchema, objectSavedSchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { z } from "zod";
import { changeObject } from "../../objects/change-object.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** PATCH /api/objects/{id}: its next version, from the one the page was drawn from. */
export const registerChangeObject: RegisterRoute = (app, deps) => {
  app.patch(
    "/api/objects/:id",
    {
      config: { access: objectDuties.write },
      schema: {
        params: z.object({ id: idSchema }),
        body: objectChangeBodySchema,
        response: { 200: objectSavedSchema },
      },
    },
    async (request) => changeObject(deps, request.params.id, request.body, personOf(request)),
  );
};
