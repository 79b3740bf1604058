import { truckTemplateQuerySchema } from "@mingcha/models/http";
import { observationColumns, observationKinds, truckDuties } from "@mingcha/models/trips";
import { sendSheet } from "../objects/send-sheet.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/trucks/template: an empty workbook with the headings of a kind of observations, and a second sheet that explains them. */
export const registerGetTruckTemplate: RegisterRoute = (app, deps) => {
  app.get(
    "/api/trucks/template",
    { config: { access: truckDuties.import }, schema: { querystring: truckTemplateQuerySchema } },
    async (request, reply) => {
      const { kind, language } = request.query;
      const columns = observationColumns[kind];
      const isChinese = language === "zh";
      const bytes = await deps.sheets.write([
        {
          name: observationKinds[kind][language].slice(0, 30),
          rows: [columns.map(({ title }) => title[language])],
          widths: columns.map(() => 24),
        },
        {
          name: isChinese ? "填写说明" : "Notes",
          rows: [
            isChinese ? ["列", "必填", "示例", "也可写作"] : ["Column", "Required", "Example", "Also recognised"],
            ...columns.map(({ title, required, example, others }) => [
              title[language],
              required ? (isChinese ? "是" : "yes") : "",
              example,
              others.join(isChinese ? "、" : ", "),
            ]),
          ],
          widths: [26, 10, 34, 60],
        },
      ]);
      return sendSheet(reply, { name: `${kind}-template.xlsx`, bytes });
    },
  );
};
