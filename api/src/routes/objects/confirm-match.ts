import { idSchema, objectMatchBodySchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { z } from "zod";
import { confirmMatch } from "../../objects/confirm-match.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/clues/{id}/objects: a reviewer or handler finds that a record shows this object. */
export const registerConfirmMatch: RegisterRoute = (app, deps) => {
  app.post(
    "/api/clues/:id/objects",
    {
      config: { access: objectDuties.confirm },
      schema: {
        params: z.object({ id: idSchema }),
        body: objectMatchBodySchema,
        response: { 200: z.object({ id: idSchema }) },
      },
    },
    async (request) => confirmMatch(deps, request.params.id, request.body, personOf(request)),
  );
};
