import { clueRecordingsSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { viewClueRecordings } from "../../field/clue-recordings.ts";
import { personOf } from "../../plugins/access.ts";
import { openForReview } from "../../seeded/open-seeded.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/clues/{id}/recordings: field recordings of the steps of a record. */
export const registerGetClueRecordings: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clues/:id/recordings",
    {
      config: { access: recordReaders },
      schema: { params: z.object({ id: idSchema }), response: { 200: clueRecordingsSchema } },
    },
    async (request) => {
      const { clue } = await openForReview(deps.db, request.params.id, personOf(request));
      return viewClueRecordings(deps, clue.id);
    },
  );
};
