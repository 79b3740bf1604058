import { dispatchBodySchema, idSchema, onSiteDispatchedSchema } from "@mingcha/models/http";
import { z } from "zod";
import { dispatchAgain } from "../../on-site/dispatch-check.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/clues/{id}/on-site: two officers for a record that waits for a check and has nobody. */
export const registerDispatchAgain: RegisterRoute = (app, deps) => {
  app.post(
    "/api/clues/:id/on-site",
    {
      config: { access: ["handler"] },
      schema: {
        params: z.object({ id: idSchema }),
        body: dispatchBodySchema,
        response: { 200: onSiteDispatchedSchema },
      },
    },
    async (request) => ({ id: await dispatchAgain(deps, request.params.id, request.body, personOf(request)) }),
  );
};
