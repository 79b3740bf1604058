import { flightCheckBodySchema, flightChecksSchema, idSchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { answerCheck } from "../../flights/answer-check.ts";
import { checkDuties, viewChecks } from "../../flights/view-checks.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

const params = z.object({ id: idSchema });

/** GET and POST /api/flights/{id}/checks: the checklists a flight serves; read by who may see its ground, answered by pilot and monitoring staff. */
export const registerFlightChecks: RegisterRoute = (app, deps) => {
  app.get(
    "/api/flights/:id/checks",
    {
      config: { access: ["pilot", "monitor", "technical_reviewer", "legal_reviewer", "head", "auditor"] },
      schema: { params, response: { 200: flightChecksSchema } },
    },
    (request) => viewChecks(deps, request.params.id, personOf(request)),
  );
  app.post(
    "/api/flights/:id/checks",
    { config: { access: checkDuties }, schema: { params, body: flightCheckBodySchema, response: { 200: okSchema } } },
    async (request) => {
      await answerCheck(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
