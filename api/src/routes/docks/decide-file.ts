import { dockDuties } from "@mingcha/models/dock";
import { dockFileDecidedSchema, dockFileDecisionBodySchema, dockSerialSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { decideFile } from "../../docks/decide-file.ts";
import { assertDuty, personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/docks/{sn}/files/{fileId}/decisions: a file that did not fit closed, opened again, or to be taken in as it is; a new row, never a change. */
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
    (request) => {
      const person = personOf(request);
      if (request.body.step === "admit") assertDuty(person, dockDuties.admit);
      return decideFile(deps, request.params, request.body, person);
    },
  );
};
