import { idSchema, objectCloseBodySchema, objectSavedSchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { z } from "zod";
import { closeObject } from "../../objects/close-object.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/objects/{id}/close: ends a file with a reason; it is never deleted. */
export const registerCloseObject: RegisterRoute = (app, deps) => {
  app.post(
    "/api/objects/:id/close",
    {
      config: { access: objectDuties.write },
      schema: { params: z.object({ id: idSchema }), body: objectCloseBodySchema, response: { 200: objectSavedSchema } },
    },
    async (request) => closeObject(deps, request.params.id, request.body, personOf(request)),
  );
};
