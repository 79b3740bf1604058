import { okSchema, streamBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { setStream } from "../../streams/set-stream.ts";
import type { RegisterRoute } from "../route.ts";

/** PUT /api/sources/{id}/stream: how a live source is reached; in the custody log without its password. */
export const registerSetStream: RegisterRoute = (app, deps) => {
  app.put(
    "/api/sources/:id/stream",
    {
      config: { access: ["administrator"] },
      schema: {
        params: z.object({ id: z.string().min(1).max(120) }),
        body: streamBodySchema,
        response: { 200: okSchema },
      },
    },
    async (request) => {
      await setStream(deps, request.params.id, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
