import { sheetQuerySchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { exportCsv, exportWorkbook, recordExport } from "../../objects/export-register.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";
import { sendSheet } from "./send-sheet.ts";

/** GET /api/objects/export: every open object of a kind, as an import reads it back; written to the custody log. */
export const registerExportObjects: RegisterRoute = (app, deps) => {
  app.get(
    "/api/objects/export",
    { config: { access: objectDuties.write }, schema: { querystring: sheetQuerySchema } },
    async (request, reply) => {
      const { kind, format, language } = request.query;
      const bytes = format === "xlsx" ? await exportWorkbook(deps, kind, language) : null;
      await recordExport(deps, kind, format, personOf(request));
      return bytes === null
        ? sendSheet(reply, { name: `${kind}.csv`, lines: exportCsv(deps, kind, language) })
        : sendSheet(reply, { name: `${kind}.xlsx`, bytes });
    },
  );
};
