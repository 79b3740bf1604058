import { deviceRecordBodySchema, deviceRecordCreatedSchema } from "@mingcha/models/http";
import { z } from "zod";
import { addRecord } from "../../devices/add-record.ts";
import { personOf } from "../../plugins/access.ts";
import { deviceReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/sources/{id}/records: a dated fact about a device, by the duty its kind asks for. */
export const registerAddDeviceRecord: RegisterRoute = (app, deps) => {
  app.post(
    "/api/sources/:id/records",
    {
      config: { access: deviceReaders },
      schema: {
        params: z.object({ id: z.string().min(1).max(120) }),
        body: deviceRecordBodySchema,
        response: { 200: deviceRecordCreatedSchema },
      },
    },
    async (request) => ({ id: await addRecord(deps, request.params.id, request.body, personOf(request)) }),
  );
};
