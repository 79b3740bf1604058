import { AppError } from "@mingcha/models";
import { sourceDetailSchema } from "@mingcha/models/http";
import { z } from "zod";
import type { RegisterRoute } from "../route.ts";
import { viewSource } from "./view-source.ts";

/** Versions and clips a page shows; older ones are in the custody log. */
const scenesMax = 50;
const clipsMax = 20;

/** GET /api/sources/{id}: a source with the versions of its scene and its newest clips. */
export const registerGetSource: RegisterRoute = (app, deps) => {
  app.get(
    "/api/sources/:id",
    {
      config: { access: ["monitor", "administrator", "technical_reviewer", "legal_reviewer", "head", "auditor"] },
      schema: { params: z.object({ id: z.string().min(1).max(120) }), response: { 200: sourceDetailSchema } },
    },
    async (request) => {
      const { id } = request.params;
      const source = await deps.db.source.findUnique({
        where: { id },
        include: {
          scenes: { orderBy: { version: "desc" }, take: scenesMax },
          clips: { where: { state: "DETECTED", deletedAt: null }, orderBy: { startedAt: "desc" }, take: clipsMax },
          _count: { select: { clips: true } },
        },
      });
      if (source === null) throw new AppError("NOT_FOUND", {}, { detail: `source ${id}` });
      const authors = source.scenes.flatMap(({ createdBy }) => (createdBy === null ? [] : [createdBy]));
      const [watch, look, people] = await Promise.all([
        deps.db.watchState.findFirst({ where: { sourceId: id }, orderBy: { through: "desc" } }),
        deps.db.look.findFirst({
          where: { sourceId: id, status: "seen" },
          orderBy: { capturedAt: "desc" },
          include: { clip: { select: { deletedAt: true } } },
        }),
        deps.db.person.findMany({ where: { id: { in: authors } }, select: { id: true, name: true } }),
      ]);
      const nameOf = new Map(people.map((person) => [person.id, person.name]));
      return {
        ...viewSource(source, {
          watch: watch ?? undefined,
          look: look === null ? undefined : { ...look, isGone: look.clip.deletedAt !== null },
        }),
        scenes: source.scenes.map(({ version, sha256, validFrom, createdAt, createdBy, document }) => ({
          version,
          sha256,
          validFrom: validFrom.toISOString(),
          createdAt: createdAt.toISOString(),
          createdBy: createdBy === null ? null : (nameOf.get(createdBy) ?? createdBy),
          document,
        })),
        recentClips: source.clips.map((clip) => ({
          id: clip.id,
          startedAt: clip.startedAt.toISOString(),
          durationMs: clip.durationMs,
          widthPx: clip.widthPx,
          heightPx: clip.heightPx,
        })),
      };
    },
  );
};
