import { idSchema, seededItemBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { plantSeeded } from "../../seeded/plant-seeded.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/seeded-items: a past record becomes a known item. */
export const registerPlantSeeded: RegisterRoute = (app, deps) => {
  app.post(
    "/api/seeded-items",
    {
      config: { access: ["auditor", "administrator"] },
      schema: { body: seededItemBodySchema, response: { 200: z.object({ id: idSchema }) } },
    },
    async (request) => ({ id: await plantSeeded(deps, request.body, personOf(request)) }),
  );
};
