import { idSchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { withdrawSeeded } from "../../seeded/plant-seeded.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/seeded-items/{id}/withdraw: shown to nobody any more; its answers stay. */
export const registerWithdrawSeeded: RegisterRoute = (app, deps) => {
  app.post(
    "/api/seeded-items/:id/withdraw",
    {
      config: { access: ["auditor", "administrator"] },
      schema: { params: z.object({ id: idSchema }), response: { 200: okSchema } },
    },
    async (request) => {
      await withdrawSeeded(deps, request.params.id, personOf(request));
      return { ok: true as const };
    },
  );
};
