import { approveSuppressionBodySchema, suppressionCreatedSchema } from "@mingcha/models/http";
import { suppressionDuties } from "@mingcha/models/suppression";
import { personOf } from "../../plugins/access.ts";
import { approveSuppression } from "../../suppressions/approve-suppression.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/suppressions: the head approves an offer until a date, with a reason. */
export const registerApproveSuppression: RegisterRoute = (app, deps) => {
  app.post(
    "/api/suppressions",
    {
      config: { access: suppressionDuties.approve },
      schema: { body: approveSuppressionBodySchema, response: { 200: suppressionCreatedSchema } },
    },
    async (request) => approveSuppression(deps, request.body, personOf(request)),
  );
};
