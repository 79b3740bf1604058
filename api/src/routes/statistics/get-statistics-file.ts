import { appendCustody } from "@mingcha/infra/custody";
import { statisticsFileQuerySchema } from "@mingcha/models/http";
import { precisionGroups, statisticsDuties } from "@mingcha/models/statistics";
import { personOf } from "../../plugins/access.ts";
import { countFlow } from "../../statistics/count-flow.ts";
import { makeStatistics } from "../../statistics/make-statistics.ts";
import { resolvePeriod } from "../../statistics/period.ts";
import { renderWorkbook } from "../../statistics/render-workbook.ts";
import { makeSheets } from "../../statistics/sheets.ts";
import type { RegisterRoute } from "../route.ts";

const mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** GET /api/statistics.xlsx: the same figures, one sheet each, to be read elsewhere; who took them out stands in the custody log. */
export const registerGetStatisticsFile: RegisterRoute = (app, deps) => {
  app.get(
    "/api/statistics.xlsx",
    { config: { access: statisticsDuties.read }, schema: { querystring: statisticsFileQuerySchema } },
    async (request, reply) => {
      const { lang } = request.query;
      const person = personOf(request);
      const period = resolvePeriod(deps, request.query);
      const view = await makeStatistics(deps, period, "camera", person);
      const [, violation, hour, model] = await Promise.all(
        precisionGroups.map((group) =>
          group === "camera" ? view.precision : countFlow(deps, period, group).then((flow) => flow.precision),
        ),
      );
      const precision = { camera: view.precision, violation: violation ?? [], hour: hour ?? [], model: model ?? [] };
      const bytes = await renderWorkbook(makeSheets(view, precision, lang), view, deps.profile.bureau.name[lang], lang);
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          action: "statistics.exported",
          subject: `statistics:${period.from}/${period.to}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { lang },
        }),
      );
      return reply
        .header("content-type", mediaType)
        .header("content-disposition", `attachment; filename="statistics-${period.from}-${period.to}.xlsx"`)
        .header("cache-control", "private, no-store")
        .send(bytes);
    },
  );
};
