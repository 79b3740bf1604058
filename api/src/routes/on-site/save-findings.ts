import { idSchema, okSchema, onSiteSaveBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { saveFindings } from "../../on-site/save-findings.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** PATCH /api/on-site/{id}: what an officer wrote down. */
export const registerSaveFindings: RegisterRoute = (app, deps) => {
  app.patch(
    "/api/on-site/:id",
    {
      config: { access: ["handler"] },
      schema: { params: z.object({ id: idSchema }), body: onSiteSaveBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await saveFindings(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
