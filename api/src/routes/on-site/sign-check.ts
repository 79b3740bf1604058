import { idSchema, okSchema, onSiteSignBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { signCheck } from "../../on-site/sign-check.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/on-site/{id}/sign: an officer's own name under what stands there. */
export const registerSignCheck: RegisterRoute = (app, deps) => {
  app.post(
    "/api/on-site/:id/sign",
    {
      config: { access: ["handler"] },
      schema: { params: z.object({ id: idSchema }), body: onSiteSignBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await signCheck(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
