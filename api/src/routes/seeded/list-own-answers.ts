import { ownKnownSchema } from "@mingcha/models/http";
import { personOf } from "../../plugins/access.ts";
import { viewOwnAnswers } from "../../seeded/view-own-answers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/seeded-items/mine: the own answers to known items, of nobody else. */
export const registerListOwnAnswers: RegisterRoute = (app, deps) => {
  app.get(
    "/api/seeded-items/mine",
    {
      config: { access: ["technical_reviewer", "legal_reviewer"] },
      schema: { response: { 200: ownKnownSchema } },
    },
    (request) => viewOwnAnswers(deps, personOf(request)),
  );
};
