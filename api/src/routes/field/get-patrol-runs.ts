import { fieldDuties } from "@mingcha/models/field";
import { idSchema, patrolRunSchema, patrolRunsQuerySchema, patrolRunsSchema } from "@mingcha/models/http";
import { z } from "zod";
import { listRuns, viewRun } from "../../field/patrol-runs.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/patrol-runs?day=: a day's runs of patrol cars. */
export const registerListPatrolRuns: RegisterRoute = (app, deps) => {
  app.get(
    "/api/patrol-runs",
    {
      config: { access: fieldDuties.read },
      schema: { querystring: patrolRunsQuerySchema, response: { 200: patrolRunsSchema } },
    },
    (request) => listRuns(deps, request.query.day),
  );
};

/** GET /api/patrol-runs/{id}: the run that a recording belongs to. */
export const registerGetPatrolRun: RegisterRoute = (app, deps) => {
  app.get(
    "/api/patrol-runs/:id",
    {
      config: { access: fieldDuties.read },
      schema: { params: z.object({ id: idSchema }), response: { 200: patrolRunSchema } },
    },
    (request) => viewRun(deps, request.params.id),
  );
};
