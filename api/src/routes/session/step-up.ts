import { appendCustody } from "@mingcha/infra/custody";
import { stepUpBodySchema, stepUpSchema } from "@mingcha/models/http";
import { confirmPassword, stepUpUntil } from "../../people/step-up.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";
import { signInLimit } from "./open-session.ts";

/** POST /api/session/step-up: the password once more; from now on steps of the law are accepted for a while. */
export const registerStepUp: RegisterRoute = (app, deps) => {
  app.post(
    "/api/session/step-up",
    {
      config: { access: "signed_in", rateLimit: signInLimit },
      schema: { body: stepUpBodySchema, response: { 200: stepUpSchema } },
    },
    async (request) => {
      const person = personOf(request);
      await confirmPassword(deps, person, request.body.password);
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          action: "session.confirmed",
          subject: `person:${person.id}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: {},
        }),
      );
      return { until: stepUpUntil(deps, deps.now()).toISOString() };
    },
  );
};
