import { idSchema, tripDetailSchema } from "@mingcha/models/http";
import { truckDuties } from "@mingcha/models/trips";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { viewTripDetail } from "../../trucks/list-trips.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/trucks/trips/{id}: one trip with what was compared, its rows and its way. */
export const registerGetTrip: RegisterRoute = (app, deps) => {
  app.get(
    "/api/trucks/trips/:id",
    {
      config: { access: truckDuties.read },
      schema: { params: z.object({ id: idSchema }), response: { 200: tripDetailSchema } },
    },
    async (request) => {
      const seesRecords = personOf(request).duties.some((duty) => recordReaders.includes(duty));
      return viewTripDetail(deps, request.params.id, seesRecords);
    },
  );
};
