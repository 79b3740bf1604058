import { fieldDuties } from "@mingcha/models/field";
import { fieldDetailSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { viewRecording } from "../../field/view-recording.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/field-recordings/{clipId}: its track, candidates with their reasons, everything said of it. */
export const registerGetFieldRecording: RegisterRoute = (app, deps) => {
  app.get(
    "/api/field-recordings/:clipId",
    {
      config: { access: fieldDuties.read },
      schema: { params: z.object({ clipId: idSchema }), response: { 200: fieldDetailSchema } },
    },
    (request) => viewRecording(deps, request.params.clipId, personOf(request)),
  );
};
