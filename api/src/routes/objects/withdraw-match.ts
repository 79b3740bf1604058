import { idSchema, okSchema, withdrawMatchBodySchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { z } from "zod";
import { withdrawMatch } from "../../objects/withdraw-match.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/clues/{id}/objects/{matchId}/withdraw: takes back a match with a reason. */
export const registerWithdrawMatch: RegisterRoute = (app, deps) => {
  app.post(
    "/api/clues/:id/objects/:matchId/withdraw",
    {
      config: { access: objectDuties.confirm },
      schema: {
        params: z.object({ id: idSchema, matchId: idSchema }),
        body: withdrawMatchBodySchema,
        response: { 200: okSchema },
      },
    },
    async (request) => {
      const { id: clueId, matchId } = request.params;
      await withdrawMatch(deps, { clueId, matchId, reason: request.body.reason }, personOf(request));
      return { ok: true as const };
    },
  );
};
