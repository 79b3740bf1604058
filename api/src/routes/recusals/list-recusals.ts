import { placeHolds } from "@mingcha/models";
import { clueRecusalsSchema, idSchema, recusalQuerySchema, recusalsSchema } from "@mingcha/models/http";
import { z } from "zod";
import { assertDuty, personOf } from "../../plugins/access.ts";
import { recusalInclude } from "../../recusals/load-recusals.ts";
import { actingDuties } from "../../recusals/raise-recusal.ts";
import { viewRecusals } from "../../recusals/view-recusal.ts";
import { openForReview } from "../../seeded/open-seeded.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

const shownMax = 200;

/** GET /api/recusals?scope=: those of records on which the head has still to decide, those for a place, or the own ones; newest first. */
export const registerListRecusals: RegisterRoute = (app, deps) => {
  app.get(
    "/api/recusals",
    {
      config: { access: "signed_in" },
      schema: { querystring: recusalQuerySchema, response: { 200: recusalsSchema } },
    },
    async (request) => {
      const person = personOf(request);
      const { scope } = request.query;
      if (scope === "open") assertDuty(person, ["head"]);
      if (scope === "standing") assertDuty(person, ["administrator", "head"]);
      const rows = await deps.db.recusal.findMany({
        where:
          scope === "open"
            ? { clueId: { not: null }, decisions: { none: {} } }
            : scope === "standing"
              ? { clueId: null }
              : { personId: person.id },
        include: recusalInclude,
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: shownMax,
      });
      return { items: await viewRecusals(deps, rows, person) };
    },
  );
};

/** GET /api/clues/{id}/recusals: those of a record and the standing ones of its place, and who may be asked to stay away. */
export const registerListClueRecusals: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clues/:id/recusals",
    {
      config: { access: recordReaders },
      schema: { params: z.object({ id: idSchema }), response: { 200: clueRecusalsSchema } },
    },
    async (request) => {
      const person = personOf(request);
      const { clue } = await openForReview(deps.db, request.params.id, person);
      const [rows, people] = await Promise.all([
        deps.db.recusal.findMany({
          where: { OR: [{ clueId: clue.id }, { clueId: null }] },
          include: recusalInclude,
          orderBy: { createdAt: "asc" },
        }),
        deps.db.person.findMany({
          where: { disabledAt: null, duties: { hasSome: [...actingDuties] } },
          select: { id: true, name: true },
          orderBy: { name: "asc" },
        }),
      ]);
      const here = rows.filter(({ place }) => place === null || placeHolds(place, clue.place));
      return {
        items: await viewRecusals(deps, here, person),
        people,
        mayRaise: person.duties.some((duty) => actingDuties.includes(duty)),
      };
    },
  );
};
