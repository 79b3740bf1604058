import { changePersonBodySchema, idSchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { changePerson } from "../../people/change-person.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** PATCH /api/people/{id}: the administrator changes an account, never what the own one may do. */
export const registerChangePerson: RegisterRoute = (app, deps) => {
  app.patch(
    "/api/people/:id",
    {
      config: { access: ["administrator"] },
      schema: { params: z.object({ id: idSchema }), body: changePersonBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await changePerson(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
