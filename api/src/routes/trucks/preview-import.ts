import { truckImportPreviewSchema, truckImportQuerySchema } from "@mingcha/models/http";
import { truckDuties } from "@mingcha/models/trips";
import { previewTruckFile } from "../../trucks/preview-file.ts";
import { sheetBytesMax, sheetOf, withSheets } from "../objects/sheet-body.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/trucks/import-preview: what is wrong with a file of observations and what importing it would do. Writes nothing. */
export const registerPreviewTruckImport: RegisterRoute = (app, deps) => {
  withSheets(app, (scope) =>
    scope.post(
      "/api/trucks/import-preview",
      {
        bodyLimit: sheetBytesMax,
        config: { access: truckDuties.import },
        schema: { querystring: truckImportQuerySchema, response: { 200: truckImportPreviewSchema } },
      },
      async (request) => previewTruckFile(deps, { ...request.query, bytes: sheetOf(request.body) }),
    ),
  );
};
