import { AppError } from "@mingcha/models";
import { clockQuerySchema, clockViewSchema } from "@mingcha/models/http";
import { z } from "zod";
import { clockAskers, findAskBar } from "../../clocks/ask-clock.ts";
import { viewClock } from "../../clocks/view-clock.ts";
import { districtBar, loadBars } from "../../people/bars.ts";
import { personOf } from "../../plugins/access.ts";
import { deviceReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

const notTheirs = {
  zh: "监控、技术审核或者管理员可以要求立即校时",
  en: "the monitoring centre, a technical reviewer or an administrator may have it compared now",
};

/** GET /api/sources/{id}/clock: a device's clock over the last days, by method. */
export const registerGetClock: RegisterRoute = (app, deps) => {
  app.get(
    "/api/sources/:id/clock",
    {
      config: { access: deviceReaders },
      schema: {
        params: z.object({ id: z.string().min(1).max(120) }),
        querystring: clockQuerySchema,
        response: { 200: clockViewSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const source = await deps.db.source.findUnique({ where: { id } });
      if (source === null) throw new AppError("NOT_FOUND", {}, { detail: `source ${id}` });
      const person = personOf(request);
      const { colleagues } = await loadBars(deps.db, person);
      const { district } = source;
      const mayAsk = clockAskers.some((duty) => person.duties.includes(duty));
      return {
        ...(await viewClock(deps, source, request.query.days)),
        askBarred: mayAsk
          ? (districtBar({ profile: deps.profile, district, person, needs: [clockAskers], colleagues }) ??
            (await findAskBar(deps.db, id)))
          : notTheirs,
      };
    },
  );
};
