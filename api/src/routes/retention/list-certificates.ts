import { certificateListSchema, certificateQuerySchema } from "@mingcha/models/http";
import { retentionDuties } from "@mingcha/models/retention";
import { listCertificates } from "../../retention/list-certificates.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/retention/certificates: what was deleted, newest first. */
export const registerListCertificates: RegisterRoute = (app, deps) => {
  app.get(
    "/api/retention/certificates",
    {
      config: { access: retentionDuties.read },
      schema: { querystring: certificateQuerySchema, response: { 200: certificateListSchema } },
    },
    async (request) => listCertificates(deps, request.query),
  );
};
