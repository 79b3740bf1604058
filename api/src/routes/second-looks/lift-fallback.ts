import { idSchema, liftFallbackBodySchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { liftFallback } from "../../second-looks/fall-back.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/merged-fallbacks/{id}/lift: the head lets merged review of a violation begin again, with a reason. */
export const registerLiftFallback: RegisterRoute = (app, deps) => {
  app.post(
    "/api/merged-fallbacks/:id/lift",
    {
      config: { access: ["head"] },
      schema: { params: z.object({ id: idSchema }), body: liftFallbackBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await liftFallback(deps, request.params.id, request.body.reason, personOf(request));
      return { ok: true as const };
    },
  );
};
