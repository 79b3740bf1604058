import { findDocument } from "@mingcha/models/documents";
import { documentFileQuerySchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { draftCorrectionOrder } from "../../clues/draft-correction-order.ts";
import { loadClue } from "../../clues/load-clue.ts";
import { documentMediaTypes, sendObject } from "../../media/send-object.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/clues/{id}/correction-order: the newest order to correct as a draft to hand over; each rendering is recorded with its hash. */
export const registerGetCorrectionOrder: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clues/:id/correction-order",
    {
      config: { access: ["handler"] },
      schema: { params: z.object({ id: idSchema }), querystring: documentFileQuerySchema },
    },
    async (request, reply) => {
      const { format } = request.query;
      const clue = await loadClue(deps.db, request.params.id);
      const { sha256 } = await draftCorrectionOrder(deps, clue, format, personOf(request));
      return sendObject(request, reply, deps.store, {
        sha256,
        mediaType: documentMediaTypes[format],
        downloadName: `${findDocument("correction-order").titleZh}-草稿.${format}`,
      });
    },
  );
};
