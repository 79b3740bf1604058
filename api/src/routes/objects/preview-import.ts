import { importPreviewSchema, importQuerySchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { previewSheet } from "../../objects/preview-sheet.ts";
import type { RegisterRoute } from "../route.ts";
import { sheetBytesMax, sheetOf } from "./sheet-body.ts";

/** POST /api/objects/import-preview: what is wrong with a sheet and what importing it would do. Writes nothing. */
export const registerPreviewImport: RegisterRoute = (app, deps) => {
  app.addContentTypeParser(
    "application/octet-stream",
    { parseAs: "buffer", bodyLimit: sheetBytesMax },
    (_request, body, done) => done(null, body),
  );
  app.post(
    "/api/objects/import-preview",
    {
      bodyLimit: sheetBytesMax,
      config: { access: objectDuties.write },
      schema: { querystring: importQuerySchema, response: { 200: importPreviewSchema } },
    },
    async (request) => previewSheet(deps, request.query.kind, sheetOf(request.body)),
  );
};
