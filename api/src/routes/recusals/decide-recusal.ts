import { idSchema, okSchema, recusalDecisionBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { decideRecusal } from "../../recusals/decide-recusal.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/recusals/{id}/decision: the head decides (APL 43(3)). */
export const registerDecideRecusal: RegisterRoute = (app, deps) => {
  app.post(
    "/api/recusals/:id/decision",
    {
      config: { access: ["head"] },
      schema: { params: z.object({ id: idSchema }), body: recusalDecisionBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await decideRecusal(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
