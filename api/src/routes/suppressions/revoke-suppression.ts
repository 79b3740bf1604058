import { idSchema, okSchema, revokeSuppressionBodySchema } from "@mingcha/models/http";
import { suppressionDuties } from "@mingcha/models/suppression";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { revokeSuppression } from "../../suppressions/revoke-suppression.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/suppressions/{id}/revoke: ends a suppression at once. */
export const registerRevokeSuppression: RegisterRoute = (app, deps) => {
  app.post(
    "/api/suppressions/:id/revoke",
    {
      config: { access: suppressionDuties.revoke },
      schema: { params: z.object({ id: idSchema }), body: revokeSuppressionBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await revokeSuppression(deps, request.params.id, request.body.reason, personOf(request));
      return { ok: true as const };
    },
  );
};
