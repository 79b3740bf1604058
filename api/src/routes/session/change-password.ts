import { okSchema, passwordBodySchema } from "@mingcha/models/http";
import { changeOwnPassword } from "../../people/change-own-password.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";
import { signInLimit } from "./open-session.ts";

/** POST /api/session/password: the own password, also the first one of one's own. */
export const registerChangePassword: RegisterRoute = (app, deps) => {
  app.post(
    "/api/session/password",
    {
      config: { access: "signed_in", rateLimit: signInLimit, beforeOwnPassword: true },
      schema: { body: passwordBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await changeOwnPassword(deps, personOf(request), request.body);
      return { ok: true as const };
    },
  );
};
