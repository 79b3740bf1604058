import { legalHoldBodySchema, legalHoldSetSchema } from "@mingcha/models/http";
import { retentionDuties } from "@mingcha/models/retention";
import { personOf } from "../../plugins/access.ts";
import { setHold } from "../../retention/set-hold.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/retention/holds: a legal hold, in force at once. */
export const registerSetHold: RegisterRoute = (app, deps) => {
  app.post(
    "/api/retention/holds",
    {
      config: { access: retentionDuties.hold },
      schema: { body: legalHoldBodySchema, response: { 200: legalHoldSetSchema } },
    },
    async (request) => setHold(deps, request.body, personOf(request)),
  );
};
