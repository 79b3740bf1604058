import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { idSchema, onSiteMediaQuerySchema } from "@mingcha/models/http";
import { z } from "zod";
import { sendObject } from "../../media/send-object.ts";
import { personOf } from "../../plugins/access.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/on-site/photos/{id}/media: the upright picture, or the original bytes to keep; either view is recorded. */
export const registerGetPhotoMedia: RegisterRoute = (app, deps) => {
  app.get(
    "/api/on-site/photos/:id/media",
    {
      config: { access: recordReaders },
      schema: { params: z.object({ id: idSchema }), querystring: onSiteMediaQuerySchema },
    },
    async (request, reply) => {
      const { form } = request.query;
      const photo = await deps.db.onSitePhoto.findUnique({
        where: { id: request.params.id },
        include: { check: { select: { clueId: true } } },
      });
      if (photo === null) throw new AppError("NOT_FOUND", {}, { detail: `on-site photo ${request.params.id}` });
      const person = personOf(request);
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          action: "on_site.photo_viewed",
          subject: `clue:${photo.check.clueId}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { photoId: photo.id, sha256: photo.sha256, form },
        }),
      );
      if (form === "view")
        return sendObject(request, reply, deps.store, { sha256: photo.viewSha256, mediaType: "image/jpeg" });
      const extension = photo.mediaType.split("/")[1] ?? "bin";
      const downloadName = `${photo.sha256.slice(0, 12)}.${extension}`;
      return sendObject(request, reply, deps.store, { sha256: photo.sha256, mediaType: photo.mediaType, downloadName });
    },
  );
};
