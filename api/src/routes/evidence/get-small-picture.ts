import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { sendObject } from "../../media/send-object.ts";
import { personOf } from "../../plugins/access.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/evidence/{id}/small: the small picture that stays of one that was deleted when its time was over; the view is recorded. */
export const registerGetSmallPicture: RegisterRoute = (app, deps) => {
  app.get(
    "/api/evidence/:id/small",
    { config: { access: recordReaders }, schema: { params: z.object({ id: idSchema }) } },
    async (request, reply) => {
      const evidence = await deps.db.evidence.findUnique({ where: { id: request.params.id } });
      const sha256 = evidence?.smallSha256 ?? null;
      if (evidence === null || sha256 === null)
        throw new AppError("NOT_FOUND", {}, { detail: `small picture of ${request.params.id}` });
      const person = personOf(request);
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          action: "evidence.viewed",
          subject: `flag:${evidence.flagId}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { evidenceId: evidence.id, sha256, small: true },
        }),
      );
      return sendObject(request, reply, deps.store, { sha256, mediaType: "image/jpeg" });
    },
  );
};
