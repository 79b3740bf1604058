import { objectBodySchema, objectSavedSchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { createObject } from "../../objects/create-object.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/objects: enters a shop, a vehicle or a permit. */
export const registerCreateObject: RegisterRoute = (app, deps) => {
  app.post(
    "/api/objects",
    {
      config: { access: objectDuties.write },
      schema: { body: objectBodySchema, response: { 200: objectSavedSchema } },
    },
    async (request) => createObject(deps, request.body.fact, personOf(request)),
  );
};
