import { AppError } from "@mingcha/models";
import { dockClaimsSchema, dockSerialSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { viewClaims } from "../../docks/view-claims.ts";
import { deviceReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/docks/{sn}/files/{fileId}/claims: what the dock's message said of a file beside what the file itself says. */
export const registerGetDockFileClaims: RegisterRoute = (app, deps) => {
  app.get(
    "/api/docks/:sn/files/:fileId/claims",
    {
      config: { access: deviceReaders },
      schema: { params: z.object({ sn: dockSerialSchema, fileId: idSchema }), response: { 200: dockClaimsSchema } },
    },
    async (request) => {
      const { sn, fileId } = request.params;
      const claims = await viewClaims(deps, sn, fileId);
      if (claims === null) throw new AppError("NOT_FOUND", {}, { detail: `dock file ${fileId}` });
      return claims;
    },
  );
};
