import { AppError } from "@mingcha/models";
import { streamViewSchema } from "@mingcha/models/http";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { viewStream } from "../../streams/view-stream.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/sources/{id}/stream: how a live source stands, since when, and when nothing came. */
export const registerGetStream: RegisterRoute = (app, deps) => {
  app.get(
    "/api/sources/:id/stream",
    {
      config: { access: ["monitor", "administrator", "technical_reviewer", "legal_reviewer", "head", "auditor"] },
      schema: { params: z.object({ id: z.string().min(1).max(120) }), response: { 200: streamViewSchema } },
    },
    async (request) => {
      const { id } = request.params;
      if ((await deps.db.source.count({ where: { id } })) === 0)
        throw new AppError("NOT_FOUND", {}, { detail: `source ${id}` });
      return viewStream(deps, id, personOf(request).duties.includes("administrator"));
    },
  );
};
