import { checkCustody } from "@mingcha/infra/custody";
import { custodyCheckBodySchema, custodyCheckSchema } from "@mingcha/models/http";
import type { RegisterRoute } from "../route.ts";

/** POST /api/custody/check: re-computes the whole chain and names the first entry that does not fit. */
export const registerCheckCustody: RegisterRoute = (app, deps) => {
  app.post(
    "/api/custody/check",
    {
      config: { access: ["auditor", "head", "administrator"] },
      schema: { body: custodyCheckBodySchema, response: { 200: custodyCheckSchema } },
    },
    async (request) => checkCustody(deps.db, request.body?.expectedHead),
  );
};
