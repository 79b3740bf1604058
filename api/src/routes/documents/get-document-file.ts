import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { documents } from "@mingcha/models/documents";
import { documentFileQuerySchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { documentMediaTypes, sendObject } from "../../media/send-object.ts";
import { personOf } from "../../plugins/access.ts";
import { caseReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/documents/{id}/file: a draft as .docx or PDF; the export is recorded with its hash. */
export const registerGetDocumentFile: RegisterRoute = (app, deps) => {
  app.get(
    "/api/documents/:id/file",
    {
      config: { access: caseReaders },
      schema: { params: z.object({ id: idSchema }), querystring: documentFileQuerySchema },
    },
    async (request, reply) => {
      const { format } = request.query;
      const row = await deps.db.document.findUnique({ where: { id: request.params.id } });
      if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `document ${request.params.id}` });
      const person = personOf(request);
      const sha256 = format === "pdf" ? row.pdfSha256 : row.docxSha256;
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          action: "document.exported",
          subject: `case:${row.caseId}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { documentId: row.id, format, sha256 },
        }),
      );
      const title = documents.find((document) => document.id === row.template)?.titleZh ?? row.template;
      return sendObject(request, reply, deps.store, {
        sha256,
        mediaType: documentMediaTypes[format],
        downloadName: `${title}-草稿${row.version}.${format}`,
      });
    },
  );
};
