import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { beginsView, sendObject } from "../../media/send-object.ts";
import { personOf } from "../../plugins/access.ts";
import { assertKept } from "../../retention/assert-kept.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

const mediaTypes: Record<string, string> = {
  mov: "video/mp4",
  mp4: "video/mp4",
  matroska: "video/x-matroska",
  webm: "video/webm",
  mpegts: "video/mp2t",
  avi: "video/x-msvideo",
  jpeg: "image/jpeg",
  png: "image/png",
};

/** GET /api/clips/{id}/media: the original itself, with ranges for the player; each view is recorded once. */
export const registerGetClipMedia: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clips/:id/media",
    { config: { access: recordReaders }, schema: { params: z.object({ id: idSchema }) } },
    async (request, reply) => {
      const clip = await deps.db.clip.findUnique({ where: { id: request.params.id } });
      if (clip === null) throw new AppError("NOT_FOUND", {}, { detail: `clip ${request.params.id}` });
      await assertKept(deps, { clipId: clip.id }, clip.deletedAt);
      const person = personOf(request);
      if (beginsView(request)) {
        await deps.db.$transaction((tx) =>
          appendCustody(tx, {
            action: "clip.viewed",
            subject: `clip:${clip.id}`,
            actor: { kind: "person", id: person.id, name: person.name },
            detail: { sha256: clip.sha256 },
          }),
        );
      }
      const mediaType = mediaTypes[clip.container.split(",")[0] ?? ""] ?? "application/octet-stream";
      return sendObject(request, reply, deps.store, { sha256: clip.sha256, mediaType });
    },
  );
};
