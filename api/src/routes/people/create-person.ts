import { newPersonBodySchema, personCreatedSchema } from "@mingcha/models/http";
import { createPerson } from "../../people/create-person.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/people: the administrator makes an account; the answer holds its first password, this once. */
export const registerCreatePerson: RegisterRoute = (app, deps) => {
  app.post(
    "/api/people",
    {
      config: { access: ["administrator"] },
      schema: { body: newPersonBodySchema, response: { 200: personCreatedSchema } },
    },
    (request) => createPerson(deps, request.body, personOf(request)),
  );
};
