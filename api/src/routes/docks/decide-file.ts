import { dockDuties } from "@mingcha/models/dock";
import { dockFileDecidedSchema, dockFileDecisionBodySchema, dockSerialSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { decideFile } from "../../docks/decide-file.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/docks/{sn}/files/{fileId}/decisions: a file that did not fit closed, or opened again; a new row, never a change. */
export const registerDecideDockFile: RegisterRoute = (app, deps) => {
  app.post(
    "/api/docks/:sn/files/:fileId/decisions",
    {
      config: { access: dockDuties.close },
      schema: {
        params: z.object({ sn: dockSerialSchema, fileId: idSchema }),
        body: dockFileDecisionBodySchema,
        response: { 200: dockFileDecidedSchema },
      },
    },
    (request) => decideFile(deps, request.params, request.body, personOf(request)),
  );
};
