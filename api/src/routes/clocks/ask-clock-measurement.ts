import { clockAskedSchema } from "@mingcha/models/http";
import { z } from "zod";
import { askClock, clockAskers } from "../../clocks/ask-clock.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/sources/{id}/clock-measurements: has the clock of a live source compared now by the machine that receives it. */
export const registerAskClockMeasurement: RegisterRoute = (app, deps) => {
  app.post(
    "/api/sources/:id/clock-measurements",
    {
      config: { access: clockAskers },
      schema: { params: z.object({ id: z.string().min(1).max(120) }), response: { 200: clockAskedSchema } },
    },
    async (request) => askClock(deps, request.params.id, personOf(request)),
  );
};
