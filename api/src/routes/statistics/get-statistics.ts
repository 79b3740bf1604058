import { statisticsQuerySchema, statisticsSchema } from "@mingcha/models/http";
import { statisticsDuties } from "@mingcha/models/statistics";
import { personOf } from "../../plugins/access.ts";
import { makeStatistics } from "../../statistics/make-statistics.ts";
import { resolvePeriod } from "../../statistics/period.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/statistics: figures of the bureau, its cameras and rules, and of the asking reviewer alone; none of other people. */
export const registerGetStatistics: RegisterRoute = (app, deps) => {
  app.get(
    "/api/statistics",
    {
      config: { access: statisticsDuties.read },
      schema: { querystring: statisticsQuerySchema, response: { 200: statisticsSchema } },
    },
    async (request) => makeStatistics(deps, resolvePeriod(deps, request.query), request.query.group, personOf(request)),
  );
};
