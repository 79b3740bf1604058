import { idSchema, okSchema, sampleAnswerBodySchema } from "@mingcha/models/http";
import { statisticsDuties } from "@mingcha/models/statistics";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { answerSample } from "../../samples/answer-sample.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/samples/{id}/answers: what a technical reviewer saw on a look; stays as it is. */
export const registerAnswerSample: RegisterRoute = (app, deps) => {
  app.post(
    "/api/samples/:id/answers",
    {
      config: { access: statisticsDuties.answer },
      schema: { params: z.object({ id: idSchema }), body: sampleAnswerBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await answerSample(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
