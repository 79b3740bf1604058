import { drawsQuerySchema, drawsSchema } from "@mingcha/models/http";
import { listDraws } from "../../second-looks/list-draws.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/second-looks/draws: what an auditor needs to compute every draw of a day again. */
export const registerListDraws: RegisterRoute = (app, deps) => {
  app.get(
    "/api/second-looks/draws",
    { config: { access: ["auditor"] }, schema: { querystring: drawsQuerySchema, response: { 200: drawsSchema } } },
    (request) => listDraws(deps, request.query.day),
  );
};
