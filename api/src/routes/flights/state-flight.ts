import { flightStatementBodySchema, idSchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { stateFlight } from "../../flights/state-flight.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/flights/{id}/statements: approval or why none was needed, aircraft, operator, height; by the pilot. */
export const registerStateFlight: RegisterRoute = (app, deps) => {
  app.post(
    "/api/flights/:id/statements",
    {
      config: { access: ["pilot"] },
      schema: { params: z.object({ id: idSchema }), body: flightStatementBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await stateFlight(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
