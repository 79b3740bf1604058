import { flightsSchema } from "@mingcha/models/http";
import { listFlights } from "../../flights/list-flights.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/flights: flights and whether their record shows that they were lawful (G-10). */
export const registerListFlights: RegisterRoute = (app, deps) => {
  app.get(
    "/api/flights",
    {
      config: { access: ["pilot", "monitor", "technical_reviewer", "legal_reviewer", "head", "auditor"] },
      schema: { response: { 200: flightsSchema } },
    },
    (request) => listFlights(deps, personOf(request)),
  );
};
