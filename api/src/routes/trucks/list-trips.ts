import { tripQuerySchema, tripsSchema } from "@mingcha/models/http";
import { truckDuties } from "@mingcha/models/trips";
import { listTrips } from "../../trucks/list-trips.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/trucks/trips: compared trips, newest first. */
export const registerListTrips: RegisterRoute = (app, deps) => {
  app.get(
    "/api/trucks/trips",
    {
      config: { access: truckDuties.read },
      schema: { querystring: tripQuerySchema, response: { 200: tripsSchema } },
    },
    async (request) => listTrips(deps.db, request.query),
  );
};
