import { idSchema, passwordResetSchema } from "@mingcha/models/http";
import { z } from "zod";
import { resetPassword } from "../../people/reset-password.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/people/{id}/password: a new password to hand out, shown this once. */
export const registerResetPassword: RegisterRoute = (app, deps) => {
  app.post(
    "/api/people/:id/password",
    {
      config: { access: ["administrator"] },
      schema: { params: z.object({ id: idSchema }), response: { 200: passwordResetSchema } },
    },
    (request) => resetPassword(deps, request.params.id, personOf(request)),
  );
};
