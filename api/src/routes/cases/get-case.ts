import { appendCustody } from "@mingcha/infra/custody";
import { caseDetailSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { loadCase } from "../../cases/load-case.ts";
import { viewCase } from "../../cases/view-case.ts";
import { personOf } from "../../plugins/access.ts";
import { caseReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/cases/{id}; the view is recorded. */
export const registerGetCase: RegisterRoute = (app, deps) => {
  app.get(
    "/api/cases/:id",
    {
      config: { access: caseReaders },
      schema: { params: z.object({ id: idSchema }), response: { 200: caseDetailSchema } },
    },
    async (request) => {
      const person = personOf(request);
      const found = await loadCase(deps.db, request.params.id);
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          action: "case.viewed",
          subject: `case:${found.id}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { version: found.version },
        }),
      );
      return viewCase(deps, found, person);
    },
  );
};
