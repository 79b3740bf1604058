import { importResultSchema, importRunQuerySchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { importSheet } from "../../objects/import-sheet.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";
import { sheetBytesMax, sheetOf, withSheets } from "./sheet-body.ts";

/** POST /api/objects/import: writes the good rows of a sheet exactly as they were previewed, all or none. */
export const registerImportObjects: RegisterRoute = (app, deps) => {
  withSheets(app, (scope) =>
    scope.post(
      "/api/objects/import",
      {
        bodyLimit: sheetBytesMax,
        config: { access: objectDuties.write },
        schema: { querystring: importRunQuerySchema, response: { 200: importResultSchema } },
      },
      async (request) => importSheet(deps, { ...request.query, bytes: sheetOf(request.body) }, personOf(request)),
    ),
  );
};
