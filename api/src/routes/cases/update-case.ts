import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { caseDetailSchema, casePatchBodySchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { assertHandles } from "../../cases/assert-handles.ts";
import { keepRegisterMark } from "../../cases/keep-register-mark.ts";
import { loadCase } from "../../cases/load-case.ts";
import { viewCase } from "../../cases/view-case.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** PATCH /api/cases/{id}: its handlers enter the party and the proposal. The log says which fields changed, not their content. */
export const registerUpdateCase: RegisterRoute = (app, deps) => {
  app.patch(
    "/api/cases/:id",
    {
      config: { access: ["handler"] },
      schema: { params: z.object({ id: idSchema }), body: casePatchBodySchema, response: { 200: caseDetailSchema } },
    },
    async (request) => {
      const person = personOf(request);
      const { version, party, partyConfirmed, proposal } = request.body;
      const found = await loadCase(deps.db, request.params.id);
      await assertHandles(deps.db, found, person);
      await deps.db.$transaction(async (tx) => {
        const changed = await tx.case.updateMany({
          where: { id: found.id, version },
          data: {
            version: { increment: 1 },
            ...(party === undefined && partyConfirmed !== true
              ? {}
              : { party: keepRegisterMark(found.party, party, partyConfirmed === true) }),
            ...(proposal === undefined ? {} : { proposal }),
          },
        });
        if (changed.count !== 1) throw new AppError("STALE");
        await appendCustody(tx, {
          action: "case.updated",
          subject: `case:${found.id}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: {
            version: version + 1,
            partyFields: Object.keys(party ?? {}),
            ...(partyConfirmed === true ? { partyConfirmed } : {}),
            proposalFields: Object.keys(proposal ?? {}),
          },
        });
      });
      return viewCase(deps, await loadCase(deps.db, found.id), person);
    },
  );
};
