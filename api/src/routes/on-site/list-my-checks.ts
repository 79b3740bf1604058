import { myChecksSchema } from "@mingcha/models/http";
import { findViolation } from "@mingcha/models/violations";
import { clueInclude } from "../../clues/load-clue.ts";
import { checkInclude, checkInForce, loadChecks, photosInForce } from "../../on-site/load-check.ts";
import { findNamed, viewOfficers } from "../../on-site/view-check.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** More than anybody is sent to at once. */
const most = 100;

/** GET /api/on-site: where the signed-in officer was sent and the record still waits, or was just verified and may want dissuasion on the spot. */
export const registerListMyChecks: RegisterRoute = (app, deps) => {
  app.get(
    "/api/on-site",
    { config: { access: ["handler"] }, schema: { response: { 200: myChecksSchema } } },
    async (request) => {
      const { id } = personOf(request);
      const rows = await deps.db.onSiteCheck.findMany({
        where: {
          OR: [{ firstOfficerId: id }, { secondOfficerId: id }],
          state: { not: "WITHDRAWN" },
          clue: { state: { in: ["ON_SITE_CHECK", "VERIFIED"] } },
        },
        include: { ...checkInclude, clue: { include: clueInclude } },
        orderBy: { dispatchedAt: "desc" },
        take: most,
      });
      const people = await findNamed(deps, rows);
      const items = [];
      for (const { clue, ...check } of rows) {
        if (checkInForce(await loadChecks(deps.db, clue.id), clue.round)?.id !== check.id) continue;
        const kept = clue.flag.evidence.filter(({ deletedAt }) => deletedAt === null);
        const wide = kept.find(({ kind }) => kind === "wide") ?? kept[0];
        items.push({
          id: check.id,
          clueId: clue.id,
          state: check.state,
          clueState: clue.state,
          violationTitle: findViolation(clue.violation)?.title ?? { zh: clue.violation, en: clue.violation },
          place: clue.place,
          timezone: clue.flag.source.timezone,
          seenAt: clue.to.toISOString(),
          pictureId: wide?.id ?? null,
          officers: viewOfficers(check, people),
          photos: photosInForce(check).length,
          dispatchedAt: check.dispatchedAt.toISOString(),
          dispatchedBy: people.get(check.dispatchedBy)?.name ?? check.dispatchedBy,
          dueAt: clue.dueAt.toISOString(),
        });
      }
      return { items };
    },
  );
};
