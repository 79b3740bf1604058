import { idSchema, okSchema, withdrawTruckFileBodySchema } from "@mingcha/models/http";
import { truckDuties } from "@mingcha/models/trips";
import { z } from "zod";
import { personOf } from "../../plugins/access.ts";
import { withdrawTruckFile } from "../../trucks/withdraw-file.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/trucks/files/{id}/withdraw: a file that was imported by mistake counts no more; nothing is removed. */
export const registerWithdrawTruckFile: RegisterRoute = (app, deps) => {
  app.post(
    "/api/trucks/files/:id/withdraw",
    {
      config: { access: truckDuties.import },
      schema: { params: z.object({ id: idSchema }), body: withdrawTruckFileBodySchema, response: { 200: okSchema } },
    },
    async (request) => withdrawTruckFile(deps, request.params.id, request.body.reason, personOf(request)),
  );
};
