import { sourcesSchema } from "@mingcha/models/http";
import type { RegisterRoute } from "../route.ts";
import { viewSource } from "./view-source.ts";

/** GET /api/sources: every source with its scene version and its newest look. */
export const registerListSources: RegisterRoute = (app, deps) => {
  app.get(
    "/api/sources",
    { config: { access: "signed_in" }, schema: { response: { 200: sourcesSchema } } },
    async () => {
      const [sources, newest, watched] = await Promise.all([
        deps.db.source.findMany({
          orderBy: { id: "asc" },
          include: { scenes: { orderBy: { version: "desc" }, take: 1 }, _count: { select: { clips: true } } },
        }),
        deps.db.look.groupBy({ by: ["sourceId"], _max: { capturedAt: true } }),
        deps.db.watchState.findMany({
          distinct: ["sourceId"],
          orderBy: [{ sourceId: "asc" }, { through: "desc" }],
          select: { sourceId: true, suspended: true, suspendedSince: true },
        }),
      ]);
      const watch = new Map(watched.map((row) => [row.sourceId, row]));
      const lastLook = new Map(newest.map((row) => [row.sourceId, row._max.capturedAt]));
      return {
        items: sources.map((source) =>
          viewSource(source, { watch: watch.get(source.id), lastLookAt: lastLook.get(source.id) }),
        ),
      };
    },
  );
};
