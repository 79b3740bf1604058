import { retentionViewSchema } from "@mingcha/models/http";
import { retentionDuties } from "@mingcha/models/retention";
import { personOf } from "../../plugins/access.ts";
import { viewRetention } from "../../retention/view-retention.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/retention: what is kept, due and held, what was deleted, and how long there is room. */
export const registerGetRetention: RegisterRoute = (app, deps) => {
  app.get(
    "/api/retention",
    { config: { access: retentionDuties.read }, schema: { response: { 200: retentionViewSchema } } },
    async (request) => viewRetention(deps, personOf(request)),
  );
};
