import { idSchema, okSchema, onSiteWithdrawBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { withdrawCheck, withdrawPhoto } from "../../on-site/withdraw-check.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/on-site/{id}/withdraw and /api/on-site/photos/{id}/withdraw: nothing is removed, it stops counting with a reason. */
export const registerWithdrawOnSite: RegisterRoute = (app, deps) => {
  const schema = {
    params: z.object({ id: idSchema }),
    body: onSiteWithdrawBodySchema,
    response: { 200: okSchema },
  };
  app.post("/api/on-site/:id/withdraw", { config: { access: ["handler", "head"] }, schema }, async (request) => {
    await withdrawCheck(deps, request.params.id, request.body.reason, personOf(request));
    return { ok: true as const };
  });
  app.post("/api/on-site/photos/:id/withdraw", { config: { access: ["handler"] }, schema }, async (request) => {
    await withdrawPhoto(deps, request.params.id, request.body.reason, personOf(request));
    return { ok: true as const };
  });
};
