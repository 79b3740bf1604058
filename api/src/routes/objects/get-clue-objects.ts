import { clueObjectsSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { loadClue } from "../../clues/load-clue.ts";
import { viewClueObjects } from "../../objects/view-clue-objects.ts";
import { personOf } from "../../plugins/access.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/clues/{id}/objects: candidates with why, the confirmed match, permits over the time of the act, other acts. */
export const registerGetClueObjects: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clues/:id/objects",
    {
      config: { access: recordReaders },
      schema: {
        params: z.object({ id: idSchema }),
        querystring: z.object({ q: z.string().max(120).optional() }),
        response: { 200: clueObjectsSchema },
      },
    },
    async (request) =>
      viewClueObjects(deps, await loadClue(deps.db, request.params.id), personOf(request), request.query.q),
  );
};
