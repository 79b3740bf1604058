import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { sendObject } from "../../media/send-object.ts";
import { personOf } from "../../plugins/access.ts";
import { assertKept } from "../../retention/assert-kept.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/evidence/{id}/media: a picture cut from an original; the view is recorded. */
export const registerGetEvidenceMedia: RegisterRoute = (app, deps) => {
  app.get(
    "/api/evidence/:id/media",
    { config: { access: recordReaders }, schema: { params: z.object({ id: idSchema }) } },
    async (request, reply) => {
      const evidence = await deps.db.evidence.findUnique({ where: { id: request.params.id } });
      if (evidence === null) throw new AppError("NOT_FOUND", {}, { detail: `evidence ${request.params.id}` });
      await assertKept(deps, { evidenceId: evidence.id }, evidence.deletedAt);
      const person = personOf(request);
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          // the page fetches the next record's picture ahead, and says so; when it is shown a HEAD request records the view
          action: request.headers["x-mingcha-prefetch"] === "1" ? "evidence.prefetched" : "evidence.viewed",
          subject: `flag:${evidence.flagId}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { evidenceId: evidence.id, sha256: evidence.sha256 },
        }),
      );
      return sendObject(request, reply, deps.store, { sha256: evidence.sha256, mediaType: evidence.mediaType });
    },
  );
};
