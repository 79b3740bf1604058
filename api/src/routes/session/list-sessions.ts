import { sessionListSchema } from "@mingcha/models/http";
import { liveSessions } from "../../people/sessions.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/sessions: where the own account is signed in. */
export const registerListSessions: RegisterRoute = (app, deps) => {
  app.get(
    "/api/sessions",
    { config: { access: "signed_in" }, schema: { response: { 200: sessionListSchema } } },
    async (request) => {
      const person = personOf(request);
      const rows = await deps.db.session.findMany({
        where: { personId: person.id, ...liveSessions(deps.now()) },
        orderBy: { createdAt: "desc" },
      });
      return {
        items: rows.map(({ id, createdAt, lastSeenAt, agent }) => ({
          id,
          openedAt: createdAt.toISOString(),
          lastSeenAt: lastSeenAt.toISOString(),
          current: id === person.session.id,
          agent,
        })),
      };
    },
  );
};
