import { appendCustody } from "@mingcha/infra/custody";
import { clueOnSiteSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { mayDispatch } from "../../on-site/dispatch-check.ts";
import { checkInForce, loadChecks, officerIdsOf } from "../../on-site/load-check.ts";
import { findNamed, viewCheck } from "../../on-site/view-check.ts";
import { personOf } from "../../plugins/access.ts";
import { openForReview } from "../../seeded/open-seeded.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/clues/{id}/on-site: the checks of a record. They hold what a party said, so that somebody read them is recorded. */
export const registerGetClueChecks: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clues/:id/on-site",
    {
      config: { access: recordReaders },
      schema: { params: z.object({ id: idSchema }), response: { 200: clueOnSiteSchema } },
    },
    async (request) => {
      const person = personOf(request);
      const { clue } = await openForReview(deps.db, request.params.id, person);
      const checks = await loadChecks(deps.db, clue.id);
      const people = await findNamed(deps, checks);
      const inForce = checkInForce(checks, clue.round);
      const isWaiting = clue.state === "ON_SITE_CHECK";
      // its own officers ask again and again while they work on it
      if (checks.length > 0 && !(inForce && officerIdsOf(inForce).includes(person.id)))
        await deps.db.$transaction((tx) =>
          appendCustody(tx, {
            action: "on_site.viewed",
            subject: `clue:${clue.id}`,
            actor: { kind: "person", id: person.id, name: person.name },
            detail: { checkIds: checks.map(({ id }) => id) },
          }),
        );
      const sorted = inForce === undefined ? checks : [inForce, ...checks.filter(({ id }) => id !== inForce.id)];
      return {
        checks: sorted.map((check) =>
          viewCheck(deps, check, { people, person, isOpen: isWaiting && check.id === inForce?.id }),
        ),
        mayDispatch: isWaiting && person.duties.includes("handler") && mayDispatch(checks, clue.round),
      };
    },
  );
};
