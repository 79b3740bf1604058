import { idSchema, leadMoveBodySchema, leadMovedSchema } from "@mingcha/models/http";
import { truckDuties } from "@mingcha/models/trips";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { moveLead } from "../../trucks/move-lead.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/trucks/leads/{id}/moves: a finding taken up, discarded with a reason, or opened again. */
export const registerMoveTruckLead: RegisterRoute = (app, deps) => {
  app.post(
    "/api/trucks/leads/:id/moves",
    {
      config: { access: truckDuties.decide },
      schema: { params: z.object({ id: idSchema }), body: leadMoveBodySchema, response: { 200: leadMovedSchema } },
    },
    async (request) => moveLead(deps, request.params.id, request.body, personOf(request)),
  );
};
