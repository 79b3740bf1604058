import { clueEventBodySchema, clueEventResultSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { moveClue } from "../../clues/move-clue.ts";
import { personOf } from "../../plugins/access.ts";
import { answerSeeded } from "../../seeded/answer-seeded.ts";
import { findSeed } from "../../seeded/open-seeded.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/clues/{id}/events: one arrow of the clue table; the arrow itself names the duty, so any of these may try. */
export const registerMoveClue: RegisterRoute = (app, deps) => {
  app.post(
    "/api/clues/:id/events",
    {
      config: { access: ["monitor", "technical_reviewer", "legal_reviewer", "handler", "head"] },
      schema: {
        params: z.object({ id: idSchema }),
        body: clueEventBodySchema,
        response: { 200: clueEventResultSchema },
      },
    },
    async (request) => {
      const person = personOf(request);
      const seed = await findSeed(deps.db, request.params.id, person);
      if (seed !== null) return answerSeeded(deps, seed, request.body, person);
      return moveClue(deps, request.params.id, request.body, person);
    },
  );
};
