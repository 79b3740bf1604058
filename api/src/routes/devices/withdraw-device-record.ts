import { idSchema, okSchema, withdrawRecordBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { withdrawRecord } from "../../devices/withdraw-record.ts";
import { personOf } from "../../plugins/access.ts";
import { deviceReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/sources/{id}/records/{recordId}/withdraw: takes back a record that was entered wrongly. */
export const registerWithdrawDeviceRecord: RegisterRoute = (app, deps) => {
  app.post(
    "/api/sources/:id/records/:recordId/withdraw",
    {
      config: { access: deviceReaders },
      schema: {
        params: z.object({ id: z.string().min(1).max(120), recordId: idSchema }),
        body: withdrawRecordBodySchema,
        response: { 200: okSchema },
      },
    },
    async (request) => {
      const { id: sourceId, recordId } = request.params;
      await withdrawRecord(deps, { sourceId, recordId, reason: request.body.reason }, personOf(request));
      return { ok: true as const };
    },
  );
};
