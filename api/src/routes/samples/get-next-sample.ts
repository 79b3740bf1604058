import { nextSampleSchema } from "@mingcha/models/http";
import { statisticsDuties } from "@mingcha/models/statistics";
import { personOf } from "../../plugins/access.ts";
import { nextSample } from "../../samples/next-sample.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/samples/next: the one look that this person is to judge now. */
export const registerGetNextSample: RegisterRoute = (app, deps) => {
  app.get(
    "/api/samples/next",
    { config: { access: statisticsDuties.answer }, schema: { response: { 200: nextSampleSchema } } },
    async (request) => nextSample(deps, personOf(request)),
  );
};
