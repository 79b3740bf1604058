import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { okSchema, sourceDistrictBodySchema } from "@mingcha/models/http";
import { z } from "zod";
import { assertDistrictsKnown } from "../../people/assert-districts.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/sources/{id}/district: who may act on a source's records follows from it, so it is in the custody log. */
export const registerSetDistrict: RegisterRoute = (app, deps) => {
  app.post(
    "/api/sources/:id/district",
    {
      config: { access: ["administrator"] },
      schema: {
        params: z.object({ id: z.string().min(1).max(120) }),
        body: sourceDistrictBodySchema,
        response: { 200: okSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { district, was } = request.body;
      const person = personOf(request);
      if (district !== null) assertDistrictsKnown(deps.profile, [district]);
      await deps.db.$transaction(async (tx) => {
        const done = await tx.source.updateMany({ where: { id, district: was }, data: { district } });
        if (done.count !== 1) {
          if ((await tx.source.count({ where: { id } })) === 0)
            throw new AppError("NOT_FOUND", {}, { detail: `source ${id}` });
          throw new AppError("STALE");
        }
        await appendCustody(tx, {
          action: "source.district_set",
          subject: `source:${id}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { from: was, to: district },
        });
      });
      return { ok: true as const };
    },
  );
};
