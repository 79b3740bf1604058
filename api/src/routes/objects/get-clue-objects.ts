import { clueObjectsSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { viewClueObjects } from "../../objects/view-clue-objects.ts";
import { personOf } from "../../plugins/access.ts";
import { openForReview } from "../../seeded/open-seeded.ts";
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
    async (request) => {
      const person = personOf(request);
      const opened = await openForReview(deps.db, request.params.id, person);
      return viewClueObjects(deps, opened, person, request.query.q);
    },
  );
};
