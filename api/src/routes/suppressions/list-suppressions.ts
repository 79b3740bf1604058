import { suppressionsSchema } from "@mingcha/models/http";
import { suppressionDuties } from "@mingcha/models/suppression";
import { personOf } from "../../plugins/access.ts";
import { listSuppressions } from "../../suppressions/list-suppressions.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/suppressions: what is offered, in force and ended, with what each has suppressed. */
export const registerListSuppressions: RegisterRoute = (app, deps) => {
  app.get(
    "/api/suppressions",
    { config: { access: suppressionDuties.read }, schema: { response: { 200: suppressionsSchema } } },
    async (request) => listSuppressions(deps, personOf(request)),
  );
};
