import { certificateBodySchema, certificateCreatedSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { addCertificate } from "../../people/certificates.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/people/{id}/certificates: one more dated certificate. */
export const registerAddCertificate: RegisterRoute = (app, deps) => {
  app.post(
    "/api/people/:id/certificates",
    {
      config: { access: ["administrator"] },
      schema: {
        params: z.object({ id: idSchema }),
        body: certificateBodySchema,
        response: { 200: certificateCreatedSchema },
      },
    },
    async (request) => ({ id: await addCertificate(deps, request.params.id, request.body, personOf(request)) }),
  );
};
