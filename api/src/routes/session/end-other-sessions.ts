import { appendCustody } from "@mingcha/infra/custody";
import { sessionsEndedSchema } from "@mingcha/models/http";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** DELETE /api/sessions/others: signs the own account out everywhere else. */
export const registerEndOtherSessions: RegisterRoute = (app, deps) => {
  app.delete(
    "/api/sessions/others",
    { config: { access: "signed_in" }, schema: { response: { 200: sessionsEndedSchema } } },
    async (request) => {
      const person = personOf(request);
      return deps.db.$transaction(async (tx) => {
        const { count } = await tx.session.deleteMany({
          where: { personId: person.id, id: { not: person.session.id } },
        });
        await appendCustody(tx, {
          action: "session.others_ended",
          subject: `person:${person.id}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { ended: count },
        });
        return { ended: count };
      });
    },
  );
};
