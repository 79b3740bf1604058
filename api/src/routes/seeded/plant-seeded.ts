import { seededItemBodySchema, seededPlantedSchema } from "@mingcha/models/http";
import { personOf } from "../../plugins/access.ts";
import { plantSeeded } from "../../seeded/plant-seeded.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/seeded-items: a past record becomes a known item. */
export const registerPlantSeeded: RegisterRoute = (app, deps) => {
  app.post(
    "/api/seeded-items",
    {
      config: { access: ["auditor", "administrator"] },
      schema: { body: seededItemBodySchema, response: { 200: seededPlantedSchema } },
    },
    async (request) => ({ id: await plantSeeded(deps, request.body, personOf(request)) }),
  );
};
