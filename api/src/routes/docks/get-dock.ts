import { AppError } from "@mingcha/models";
import { dockDetailSchema, dockSerialSchema } from "@mingcha/models/http";
import { z } from "zod";
import { viewDockDetail } from "../../docks/view-dock.ts";
import { personOf } from "../../plugins/access.ts";
import { deviceReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/docks/{sn}: a dock's flights, what came of each file and why, credentials issued, messages that led to nothing. */
export const registerGetDock: RegisterRoute = (app, deps) => {
  app.get(
    "/api/docks/:sn",
    {
      config: { access: deviceReaders },
      schema: { params: z.object({ sn: dockSerialSchema }), response: { 200: dockDetailSchema } },
    },
    async (request) => {
      const { sn } = request.params;
      const dock = await viewDockDetail(deps, sn, personOf(request).duties.includes("administrator"));
      if (dock === null) throw new AppError("NOT_FOUND", {}, { detail: `dock ${sn}` });
      return dock;
    },
  );
};
