import { failedDecisionSchema, idSchema, okSchema } from "@mingcha/models/http";
import { retentionDuties } from "@mingcha/models/retention";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { decideFailed } from "../../retention/decide-failed.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/retention/failed/{id}: what becomes of a recording that could not be analysed. */
export const registerDecideFailed: RegisterRoute = (app, deps) => {
  app.post(
    "/api/retention/failed/:id",
    {
      config: { access: retentionDuties.hold },
      schema: {
        params: z.object({ id: idSchema }),
        body: failedDecisionSchema,
        response: { 200: okSchema },
      },
    },
    async (request) => {
      await decideFailed(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
