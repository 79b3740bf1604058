import { AppError } from "@mingcha/models";
import { trialBodySchema, trialSchema } from "@mingcha/models/http";
import { readScene } from "@mingcha/models/violations";
import { z } from "zod";
import type { RegisterRoute } from "../route.ts";
import { sceneDrawers } from "./drawers.ts";

/** POST /api/sources/{id}/trials: what a drafted scene would have flagged in the last hours that were looked at. Changes nothing. */
export const registerTryScene: RegisterRoute = (app, deps) => {
  app.post(
    "/api/sources/:id/trials",
    {
      config: { access: sceneDrawers },
      schema: {
        params: z.object({ id: z.string().min(1).max(120) }),
        body: trialBodySchema,
        response: { 200: trialSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const read = readScene(request.body.scene);
      if (read.kind === "bad") throw new AppError("BAD_INPUT", { reason: `${read.text.zh} / ${read.text.en}` });
      const source = await deps.db.source.findUnique({ where: { id }, select: { id: true } });
      if (source === null) throw new AppError("NOT_FOUND", {}, { detail: `source ${id}` });
      return deps.tryScene({
        databaseUrl: deps.databaseUrl,
        sourceId: id,
        scene: read.scene,
        hours: request.body.hours,
      });
    },
  );
};
