import { idSchema, leaseSchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { leaseClue, returnClue } from "../../clues/lease-clue.ts";
import { personOf } from "../../plugins/access.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** POST and DELETE /api/clues/{id}/lease: two people never decide on one record at once. */
export const registerLeaseClue: RegisterRoute = (app, deps) => {
  const params = z.object({ id: idSchema });
  app.post(
    "/api/clues/:id/lease",
    { config: { access: recordReaders }, schema: { params, response: { 200: leaseSchema } } },
    (request) => leaseClue(deps, request.params.id, personOf(request)),
  );
  app.delete(
    "/api/clues/:id/lease",
    { config: { access: recordReaders }, schema: { params, response: { 200: okSchema } } },
    async (request) => {
      await returnClue(deps, request.params.id, personOf(request));
      return { ok: true as const };
    },
  );
};
