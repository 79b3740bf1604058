import { idSchema, lookPlaceSchema } from "@mingcha/models/http";
import { z } from "zod";
import { viewLookPlace } from "../../field/look-place.ts";
import { personOf } from "../../plugins/access.ts";
import { openForReview } from "../../seeded/open-seeded.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/clues/{id}/look-place: where a patrol car was at a record's picture: "about at", with its error. */
export const registerGetLookPlace: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clues/:id/look-place",
    {
      config: { access: recordReaders },
      schema: { params: z.object({ id: idSchema }), response: { 200: lookPlaceSchema } },
    },
    async (request) => {
      const { clue } = await openForReview(deps.db, request.params.id, personOf(request));
      return viewLookPlace(deps, clue);
    },
  );
};
