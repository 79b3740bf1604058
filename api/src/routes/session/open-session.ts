import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { sessionSchema, signInBodySchema } from "@mingcha/models/http";
import { checkPassword } from "../../people/passwords.ts";
import { cookieName, findSession, openSession } from "../../people/sessions.ts";
import { viewPerson } from "../../people/view.ts";
import type { RegisterRoute } from "../route.ts";
import { bureauView } from "./get-session.ts";

/** Tries of a password from one address. */
export const signInLimit = { max: 20, timeWindow: "1 minute" } as const;

/** POST /api/session: sign in. Slow by design (argon2id) and limited per address; unknown and wrong look the same. */
export const registerOpenSession: RegisterRoute = (app, deps) => {
  app.post(
    "/api/session",
    {
      config: { access: "anyone", rateLimit: signInLimit },
      schema: { body: signInBodySchema, response: { 200: sessionSchema } },
    },
    async (request, reply) => {
      const { login, password } = request.body;
      const person = await deps.db.person.findUnique({ where: { login } });
      const usable = person !== null && person.disabledAt === null ? person : undefined;
      if (!(await checkPassword(usable?.passwordHash, password)) || usable === undefined)
        throw new AppError("WRONG_LOGIN");
      const { token, expiresAt } = await openSession(deps.db, usable.id, deps.now(), request.headers["user-agent"]);
      const signedIn = await findSession(deps, token);
      if (signedIn === null) throw new AppError("WRONG_LOGIN");
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          action: "session.opened",
          subject: `person:${usable.id}`,
          actor: { kind: "person", id: usable.id, name: usable.name },
          detail: {},
        }),
      );
      // Plain http on loopback: a Secure cookie would never come back. A TLS front sets it by its own header rule.
      reply.setCookie(cookieName, token, {
        path: "/",
        httpOnly: true,
        sameSite: "strict",
        secure: request.protocol === "https",
        expires: expiresAt,
      });
      return {
        person: viewPerson(signedIn),
        mustChangePassword: signedIn.mustChangePassword,
        bureau: bureauView(deps),
      };
    },
  );
};
