import { sourcesSchema } from "@mingcha/models/http";
import { loadStandings } from "../../monitoring/load-standings.ts";
import type { RegisterRoute } from "../route.ts";
import { viewSource } from "./view-source.ts";

type NewestLook = { sourceId: string; clipId: string; offsetMs: number; capturedAt: Date; isGone: boolean };

/** GET /api/sources: every source with its scene version, its newest look, and how it stands. */
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
        // one step down the index for each source, however many looks there are
        deps.db.$queryRaw<NewestLook[]>`
          select s.id as "sourceId", l.clip_id as "clipId", l.offset_ms as "offsetMs", l.captured_at as "capturedAt",
            c.deleted_at is not null as "isGone"
          from source s cross join lateral (
            select clip_id, offset_ms, captured_at from look
            where source_id = s.id and status = 'seen' order by captured_at desc limit 1) l join clip c on c.id = l.clip_id`,
        deps.db.watchState.findMany({
          distinct: ["sourceId"],
          orderBy: [{ sourceId: "asc" }, { through: "desc" }],
          select: { sourceId: true, suspended: true, suspendedSince: true },
        }),
      ]);
      const watch = new Map(watched.map((row) => [row.sourceId, row]));
      const lastLook = new Map(newest.map((row) => [row.sourceId, row]));
      const views = sources.map((source) =>
        viewSource(source, { watch: watch.get(source.id), look: lastLook.get(source.id) }),
      );
      const standings = await loadStandings(deps.db, views, {
        ...deps.profile.review,
        now: deps.now(),
      });
      return {
        items: views.flatMap((view) => {
          const standing = standings.get(view.id);
          return standing === undefined ? [] : [{ ...view, standing }];
        }),
      };
    },
  );
};
