import { dockBodySchema, dockSerialSchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { setDock } from "../../docks/set-dock.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** PUT /api/docks/{sn}: enters a dock or changes it; in the custody log without its code. */
export const registerSetDock: RegisterRoute = (app, deps) => {
  app.put(
    "/api/docks/:sn",
    {
      config: { access: ["administrator"] },
      schema: { params: z.object({ sn: dockSerialSchema }), body: dockBodySchema, response: { 200: okSchema } },
    },
    async (request) => {
      await setDock(deps, request.params.sn, request.body, personOf(request));
      return { ok: true as const };
    },
  );
};
