import { type SourceView, sourceSchema, sourcesSchema } from "@mingcha/models/http";
import type { RegisterRoute } from "../route.ts";

type Watched = { suspended: string | null; suspendedSince: Date | null };

function viewSuspension(row: Watched | undefined): SourceView["suspended"] {
  const reason = sourceSchema.shape.suspended.unwrap().shape.reason.safeParse(row?.suspended).data;
  const since = row?.suspendedSince;
  return reason === undefined || since === null || since === undefined ? null : { reason, since: since.toISOString() };
}

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
        items: sources.map((source) => ({
          id: source.id,
          name: source.name,
          kind: source.kind,
          place: source.place,
          longitude: source.longitude,
          latitude: source.latitude,
          timezone: source.timezone,
          deviceId: source.deviceId,
          sceneVersion: source.scenes[0]?.version ?? null,
          clips: source._count.clips,
          lastLookAt: lastLook.get(source.id)?.toISOString() ?? null,
          suspended: viewSuspension(watch.get(source.id)),
        })),
      };
    },
  );
};
