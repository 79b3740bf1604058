import { idSchema, liftBodySchema, liftProposalBodySchema, okSchema } from "@mingcha/models/http";
import { retentionDuties } from "@mingcha/models/retention";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { decideLift, proposeLift } from "../../retention/lift-hold.ts";
import type { RegisterRoute } from "../route.ts";

const params = z.object({ id: idSchema });

/** POST /api/retention/holds/{id}/lift-proposal: the first of two people. */
export const registerProposeLift: RegisterRoute = (app, deps) => {
  app.post(
    "/api/retention/holds/:id/lift-proposal",
    {
      config: { access: retentionDuties.hold },
      schema: { params, body: liftProposalBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await proposeLift(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};

/** POST /api/retention/holds/{id}/lift: the second of two people lifts it, or takes the proposal off. */
export const registerDecideLift: RegisterRoute = (app, deps) => {
  app.post(
    "/api/retention/holds/:id/lift",
    {
      config: { access: retentionDuties.hold },
      schema: { params, body: liftBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await decideLift(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
