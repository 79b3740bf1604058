import { appendCustody } from "@mingcha/infra/custody";
import { clueDetailSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { viewClue } from "../../clues/view-clue.ts";
import { personOf } from "../../plugins/access.ts";
import { openForReview } from "../../seeded/open-seeded.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/clues/{id}: the item page. Looking at a record is itself recorded (PSV 16). */
export const registerGetClue: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clues/:id",
    {
      config: { access: recordReaders },
      schema: { params: z.object({ id: idSchema }), response: { 200: clueDetailSchema } },
    },
    async (request) => {
      const person = personOf(request);
      const { clue, seed } = await openForReview(deps.db, request.params.id, person);
      const view = await viewClue(deps, clue, person);
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          // The page fetches the next record ahead of its opening, and says so; the log says which it was.
          action: request.headers["x-mingcha-prefetch"] === "1" ? "clue.prefetched" : "clue.viewed",
          subject: `${seed === null ? "clue" : "seeded"}:${clue.id}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { version: clue.version },
        }),
      );
      return view;
    },
  );
};
