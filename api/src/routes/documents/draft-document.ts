import { documentViewSchema, draftBodySchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { assertHandles } from "../../cases/assert-handles.ts";
import { draftCaseDocument } from "../../cases/draft-case-document.ts";
import { loadCase } from "../../cases/load-case.ts";
import { viewDocument } from "../../cases/view-case.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/cases/{id}/documents: its handlers draft a document anew from the facts as they are. */
export const registerDraftDocument: RegisterRoute = (app, deps) => {
  app.post(
    "/api/cases/:id/documents",
    {
      config: { access: ["handler"] },
      schema: { params: z.object({ id: idSchema }), body: draftBodySchema, response: { 200: documentViewSchema } },
    },
    async (request) => {
      const person = personOf(request);
      const found = await loadCase(deps.db, request.params.id);
      await assertHandles(deps.db, found, person);
      return viewDocument(await draftCaseDocument(deps, found, request.body.template, person));
    },
  );
};
