import { priorityDuties } from "@mingcha/models/clue";
import { cluePriorityBodySchema, idSchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { setPriority } from "../../clues/set-priority.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/clues/{id}/priority: before or behind the others, with a reason; no duty of a reviewer. */
export const registerSetPriority: RegisterRoute = (app, deps) => {
  app.post(
    "/api/clues/:id/priority",
    {
      config: { access: priorityDuties },
      schema: { params: z.object({ id: idSchema }), body: cluePriorityBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await setPriority(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
