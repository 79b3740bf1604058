import { sheetQuerySchema } from "@mingcha/models/http";
import { objectDuties, objectKinds } from "@mingcha/models/objects";
import { headingsOf, notesOf } from "../../objects/write-rows.ts";
import type { RegisterRoute } from "../route.ts";
import { sendSheet } from "./send-sheet.ts";

/** GET /api/objects/template: an empty workbook with the headings of a kind, and a second sheet that explains them. */
export const registerGetTemplate: RegisterRoute = (app, deps) => {
  app.get(
    "/api/objects/template",
    { config: { access: objectDuties.write }, schema: { querystring: sheetQuerySchema } },
    async (request, reply) => {
      const { kind, language } = request.query;
      const headings = headingsOf(kind, language);
      const notes = notesOf(kind, language);
      const bytes = await deps.sheets.write([
        { name: objectKinds[kind][language].slice(0, 30), rows: [headings], widths: headings.map(() => 24) },
        { name: language === "zh" ? "填写说明" : "Notes", rows: notes, widths: [26, 10, 34, 60] },
      ]);
      return sendSheet(reply, { name: `${kind}-template.xlsx`, bytes });
    },
  );
};
