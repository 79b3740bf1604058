import { sessionSchema } from "@mingcha/models/http";
import type { Deps } from "../../deps.ts";
import { viewPerson } from "../../people/view.ts";
import type { RegisterRoute } from "../route.ts";

export function bureauView(deps: Deps) {
  const { profile, environment } = deps;
  return {
    id: profile.id,
    nameZh: profile.bureau.name.zh,
    nameEn: profile.bureau.name.en,
    demo: environment.MINGCHA_DEMO,
    districts: profile.districts.items,
  };
}

/** GET /api/session: who is signed in, if anyone. */
export const registerGetSession: RegisterRoute = (app, deps) => {
  app.get(
    "/api/session",
    { config: { access: "anyone" }, schema: { response: { 200: sessionSchema } } },
    async (request) => ({
      person: request.signedIn === null ? null : viewPerson(request.signedIn),
      mustChangePassword: request.signedIn?.mustChangePassword ?? false,
      bureau: bureauView(deps),
    }),
  );
};
