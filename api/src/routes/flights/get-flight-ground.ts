import { flightGroundSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { viewGround } from "../../flights/view-ground.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/flights/{id}/ground: the flight's path, what ground its frames show, and how surely; a pilot alone sees the own flights. */
export const registerGetFlightGround: RegisterRoute = (app, deps) => {
  app.get(
    "/api/flights/:id/ground",
    {
      config: { access: ["pilot", "monitor", "technical_reviewer", "legal_reviewer", "head", "auditor"] },
      schema: { params: z.object({ id: idSchema }), response: { 200: flightGroundSchema } },
    },
    (request) => viewGround(deps, request.params.id, personOf(request)),
  );
};
