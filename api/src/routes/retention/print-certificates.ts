import { certificatePaperQuerySchema } from "@mingcha/models/http";
import { retentionDuties } from "@mingcha/models/retention";
import { documentMediaTypes } from "../../media/send-object.ts";
import { personOf } from "../../plugins/access.ts";
import { printCertificates } from "../../retention/print-certificates.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/retention/certificates/paper: certificates as a paper; written to the custody log. */
export const registerPrintCertificates: RegisterRoute = (app, deps) => {
  app.get(
    "/api/retention/certificates/paper",
    { config: { access: retentionDuties.read }, schema: { querystring: certificatePaperQuerySchema } },
    async (request, reply) => {
      const { bytes, name } = await printCertificates(deps, request.query, personOf(request));
      return reply
        .header("content-type", documentMediaTypes[request.query.format])
        .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .header("cache-control", "private, no-store")
        .send(Buffer.from(bytes));
    },
  );
};
