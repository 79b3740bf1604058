import { fieldDuties } from "@mingcha/models/field";
import { fieldDecidedSchema, fieldDecisionBodySchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { decideField } from "../../field/decide.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/field-recordings/{clipId}/decisions: linked, not of this, linked by hand, or of nothing; a new row, never a change. */
export const registerDecideFieldRecording: RegisterRoute = (app, deps) => {
  app.post(
    "/api/field-recordings/:clipId/decisions",
    {
      config: { access: fieldDuties.decide },
      schema: {
        params: z.object({ clipId: idSchema }),
        body: fieldDecisionBodySchema,
        response: { 200: fieldDecidedSchema },
      },
    },
    (request) => decideField(deps, request.params.clipId, request.body, personOf(request)),
  );
};
