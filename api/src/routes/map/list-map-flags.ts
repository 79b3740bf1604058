import { AppError } from "@mingcha/models";
import { mapDaysMax, mapFlagsQuerySchema, mapFlagsSchema } from "@mingcha/models/http";
import { findMapFlags } from "../../monitoring/find-map-flags.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/map/flags: how many flags came in at each source in view, within a span of at most a month. */
export const registerListMapFlags: RegisterRoute = (app, deps) => {
  app.get(
    "/api/map/flags",
    {
      config: { access: recordReaders },
      schema: { querystring: mapFlagsQuerySchema, response: { 200: mapFlagsSchema } },
    },
    async (request) => {
      const { bbox, across } = request.query;
      const from = new Date(request.query.from);
      const to = new Date(request.query.to);
      const spanMs = to.getTime() - from.getTime();
      if (spanMs <= 0 || spanMs > mapDaysMax * 86_400_000) throw new AppError("MAP_SPAN", { days: String(mapDaysMax) });
      return findMapFlags(deps.db, { from, to, bbox, across });
    },
  );
};
