import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { deviceAttachmentMediaQuerySchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { sendObject } from "../../media/send-object.ts";
import { personOf } from "../../plugins/access.ts";
import { deviceReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

const extensions: Record<string, string> = { "image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf" };

/**
 * GET /api/device-attachments/{id}/media: the picture made from a scan, or the original bytes to keep. An original is only ever given as a
 * file: nothing that somebody else made is opened within a page of ours.
 */
export const registerGetAttachmentMedia: RegisterRoute = (app, deps) => {
  app.get(
    "/api/device-attachments/:id/media",
    {
      config: { access: deviceReaders },
      schema: { params: z.object({ id: idSchema }), querystring: deviceAttachmentMediaQuerySchema },
    },
    async (request, reply) => {
      const { form } = request.query;
      const found = await deps.db.deviceAttachment.findUnique({
        where: { id: request.params.id },
        include: { record: { select: { sourceId: true } } },
      });
      const sha256 = form === "view" ? (found?.viewSha256 ?? null) : (found?.sha256 ?? null);
      if (found === null || sha256 === null || found.withdrawnAt !== null)
        throw new AppError("NOT_FOUND", {}, { detail: `device attachment ${request.params.id}` });
      const person = personOf(request);
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          action: "device.attachment_viewed",
          subject: `source:${found.record.sourceId}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { attachmentId: found.id, sha256: found.sha256, form },
        }),
      );
      reply.header("x-content-type-options", "nosniff");
      if (form === "view") return sendObject(request, reply, deps.store, { sha256, mediaType: "image/jpeg" });
      reply.header("content-security-policy", "sandbox; default-src 'none'");
      const downloadName = `${sha256.slice(0, 12)}.${extensions[found.mediaType] ?? "bin"}`;
      return sendObject(request, reply, deps.store, { sha256, mediaType: found.mediaType, downloadName });
    },
  );
};
