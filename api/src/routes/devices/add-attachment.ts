import { AppError } from "@mingcha/models";
import {
  deviceAttachmentAddedSchema,
  deviceAttachmentMaxBytes,
  idSchema,
  okSchema,
  withdrawRecordBodySchema,
} from "@mingcha/models/http";
import type { FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { addAttachment, withdrawAttachment } from "../../devices/add-attachment.ts";
import { personOf } from "../../plugins/access.ts";
import { deviceReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

const paramsSchema = z.object({ id: z.string().min(1).max(120), recordId: idSchema });

/** POST /api/sources/{id}/records/{recordId}/attachments: a scan's own bytes, streamed; they alone say what it is. By the duty of the record's kind. */
export const registerAddAttachment: RegisterRoute = (app, deps) => {
  app.register(async (scope) => {
    const route = scope.withTypeProvider<ZodTypeProvider>();
    // The stream itself is the body; it is counted while it is read.
    route.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
    route.post(
      "/api/sources/:id/records/:recordId/attachments",
      {
        bodyLimit: deviceAttachmentMaxBytes + 1,
        config: { access: deviceReaders },
        schema: { params: paramsSchema, response: { 200: deviceAttachmentAddedSchema } },
      },
      (request) => {
        const { id: sourceId, recordId } = request.params;
        return addAttachment(deps, { sourceId, recordId }, streamOf(request), personOf(request));
      },
    );
  });
};

/** POST …/attachments/{attachmentId}/withdraw: with a reason; by the duty of the record's kind. */
export const registerWithdrawAttachment: RegisterRoute = (app, deps) => {
  app.post(
    "/api/sources/:id/records/:recordId/attachments/:attachmentId/withdraw",
    {
      config: { access: deviceReaders },
      schema: {
        params: paramsSchema.extend({ attachmentId: idSchema }),
        body: withdrawRecordBodySchema,
        response: { 200: okSchema },
      },
    },
    async (request) => {
      const { id: sourceId, recordId, attachmentId } = request.params;
      const { reason } = request.body;
      await withdrawAttachment(deps, { sourceId, recordId, attachmentId, reason }, personOf(request));
      return { ok: true as const };
    },
  );
};

function streamOf({ body }: FastifyRequest): NodeJS.ReadableStream {
  if (typeof body === "object" && body !== null && "pipe" in body) return body as NodeJS.ReadableStream;
  throw new AppError("BAD_INPUT", { reason: "请求体须为文件本身 / the body must be the file's bytes" });
}
