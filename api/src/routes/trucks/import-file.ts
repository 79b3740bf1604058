import { truckImportResultSchema, truckImportRunQuerySchema } from "@mingcha/models/http";
import { truckDuties } from "@mingcha/models/trips";
import { personOf } from "../../plugins/access.ts";
import { importTruckFile } from "../../trucks/import-file.ts";
import { sheetBytesMax, sheetOf, withSheets } from "../objects/sheet-body.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/trucks/import: writes the good rows of a file exactly as they were previewed, all or none. */
export const registerImportTruckFile: RegisterRoute = (app, deps) => {
  withSheets(app, (scope) =>
    scope.post(
      "/api/trucks/import",
      {
        bodyLimit: sheetBytesMax,
        config: { access: truckDuties.import },
        schema: { querystring: truckImportRunQuerySchema, response: { 200: truckImportResultSchema } },
      },
      async (request) => importTruckFile(deps, { ...request.query, bytes: sheetOf(request.body) }, personOf(request)),
    ),
  );
};
