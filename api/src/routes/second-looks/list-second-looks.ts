import { secondLooksSchema } from "@mingcha/models/http";
import { personOf } from "../../plugins/access.ts";
import { listSecondLooks } from "../../second-looks/list-second-looks.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/second-looks: drawn decisions that wait for another person, and how merged review fares. */
export const registerListSecondLooks: RegisterRoute = (app, deps) => {
  app.get(
    "/api/second-looks",
    {
      config: { access: ["technical_reviewer", "legal_reviewer", "head", "auditor"] },
      schema: { response: { 200: secondLooksSchema } },
    },
    (request) => listSecondLooks(deps, personOf(request)),
  );
};
