import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { clockSampleBodySchema, okSchema } from "@mingcha/models/http";
import { z } from "zod";
import { assertSourceDistrict } from "../../people/bars.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

const comparers = ["monitor", "technical_reviewer"] as const;

/** POST /api/sources/{id}/clock-samples: a device's clock read against Beijing time. */
export const registerAddClockSample: RegisterRoute = (app, deps) => {
  app.post(
    "/api/sources/:id/clock-samples",
    {
      config: { access: comparers },
      schema: {
        params: z.object({ id: z.string().min(1).max(120) }),
        body: clockSampleBodySchema,
        response: { 200: okSchema },
      },
    },
    async (request) => {
      const { id: sourceId } = request.params;
      const { at, offsetMs, uncertaintyMs } = request.body;
      const person = personOf(request);
      if (Date.parse(at) > deps.now().getTime())
        throw new AppError("BAD_INPUT", { reason: "校验时间在将来 / the clock was not compared in the future" });
      await deps.db.$transaction(async (tx) => {
        await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs: [comparers] });
        await tx.clockSample.create({
          data: { sourceId, at: new Date(at), offsetMs, uncertaintyMs, method: "manual", createdBy: person.id },
        });
        await appendCustody(tx, {
          action: "device.clock_compared",
          subject: `source:${sourceId}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { at, offsetMs, uncertaintyMs, method: "manual" },
        });
      });
      return { ok: true as const };
    },
  );
};
