import { missedLooksSchema } from "@mingcha/models/http";
import { statisticsDuties } from "@mingcha/models/statistics";
import { personOf } from "../../plugins/access.ts";
import { listMissed } from "../../samples/list-missed.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/samples/misses: violations seen on looks that no flag covered, as hints to the monitoring staff. */
export const registerListMissedLooks: RegisterRoute = (app, deps) => {
  app.get(
    "/api/samples/misses",
    { config: { access: statisticsDuties.hints }, schema: { response: { 200: missedLooksSchema } } },
    async (request) => ({ items: await listMissed(deps.db, personOf(request)) }),
  );
};
