import { okSchema } from "@mingcha/models/http";
import { closeSession, cookieName } from "../../people/sessions.ts";
import type { RegisterRoute } from "../route.ts";

/** DELETE /api/session: sign out; the session is gone on the server too. */
export const registerCloseSession: RegisterRoute = (app, deps) => {
  app.delete(
    "/api/session",
    { config: { access: "anyone" }, schema: { response: { 200: okSchema } } },
    async (request, reply) => {
      const token = request.cookies[cookieName];
      if (token !== undefined) await closeSession(deps.db, token);
      reply.clearCookie(cookieName, { path: "/" });
      return { ok: true as const };
    },
  );
};
