import { idSchema, okSchema, withdrawCertificateBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { withdrawCertificate } from "../../people/certificates.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/people/{id}/certificates/{certificateId}/withdraw: an entry that was wrong. */
export const registerWithdrawCertificate: RegisterRoute = (app, deps) => {
  app.post(
    "/api/people/:id/certificates/:certificateId/withdraw",
    {
      config: { access: ["administrator"] },
      schema: {
        params: z.object({ id: idSchema, certificateId: idSchema }),
        body: withdrawCertificateBodySchema,
        response: { 200: okSchema },
      },
    },
    async (request) => {
      const { id: personId, certificateId } = request.params;
      await withdrawCertificate(deps, { personId, certificateId, ...request.body }, personOf(request));
      return { ok: true as const };
    },
  );
};
