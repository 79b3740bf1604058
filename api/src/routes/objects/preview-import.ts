import { importPreviewSchema, importQuerySchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { previewSheet } from "../../objects/preview-sheet.ts";
import type { RegisterRoute } from "../route.ts";
import { sheetBytesMax, sheetOf, withSheets } from "./sheet-body.ts";

/** POST /api/objects/import-preview: what is wrong with a sheet and what importing it would do. Writes nothing. */
export const registerPreviewImport: RegisterRoute = (app, deps) => {
  withSheets(app, (scope) =>
    scope.post(
      "/api/objects/import-preview",
      {
        bodyLimit: sheetBytesMax,
        config: { access: objectDuties.write },
        schema: { querystring: importQuerySchema, response: { 200: importPreviewSchema } },
      },
      async (request) => previewSheet(deps, request.query.kind, sheetOf(request.body)),
    ),
  );
};
