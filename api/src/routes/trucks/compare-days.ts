import { compareBodySchema, comparedSchema } from "@mingcha/models/http";
import { daysBetween, truckDuties } from "@mingcha/models/trips";
import { wantDays } from "../../trucks/days.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/trucks/compare: compares the days of a span once more; a sweep does it soon after. */
export const registerCompareDays: RegisterRoute = (app, deps) => {
  app.post(
    "/api/trucks/compare",
    {
      config: { access: truckDuties.import },
      schema: { body: compareBodySchema, response: { 200: comparedSchema } },
    },
    async (request) => {
      const days = daysBetween(request.body.from, request.body.to);
      await wantDays(deps.db, days);
      return { days: days.length };
    },
  );
};
