import { fieldDuties } from "@mingcha/models/field";
import { fieldListSchema, fieldQuerySchema, fieldWaitingSchema } from "@mingcha/models/http";
import { countWaiting, listRecordings } from "../../field/list-recordings.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/field-recordings: recordings of body cameras, patrol cars and gates, by what they may belong to. */
export const registerListFieldRecordings: RegisterRoute = (app, deps) => {
  app.get(
    "/api/field-recordings",
    {
      config: { access: fieldDuties.read },
      schema: { querystring: fieldQuerySchema, response: { 200: fieldListSchema } },
    },
    (request) => listRecordings(deps, request.query),
  );
};

/** GET /api/field-recordings/waiting: how many wait for a person. */
export const registerCountFieldRecordings: RegisterRoute = (app, deps) => {
  app.get(
    "/api/field-recordings/waiting",
    { config: { access: fieldDuties.read }, schema: { response: { 200: fieldWaitingSchema } } },
    (request) => countWaiting(deps, personOf(request)),
  );
};
