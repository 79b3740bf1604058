import { intakeSchema, pageQuerySchema } from "@mingcha/models/http";
import type { RegisterRoute } from "../route.ts";

/** GET /api/intake: every file that reached us, newest first, also those still arriving and those refused. */
export const registerListIntake: RegisterRoute = (app, deps) => {
  app.get(
    "/api/intake",
    {
      config: { access: ["monitor", "pilot", "administrator", "auditor"] },
      schema: { querystring: pageQuerySchema, response: { 200: intakeSchema } },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      const before = cursor === undefined ? new Date(8.64e15) : new Date(Number(cursor));
      const [rows, arriving] = await Promise.all([
        deps.db.intake.findMany({ where: { createdAt: { lt: before } }, orderBy: { createdAt: "desc" }, take: limit }),
        cursor === undefined
          ? deps.db.upload.findMany({
              where: { state: { in: ["RECEIVING", "RECEIVED"] } },
              orderBy: { createdAt: "desc" },
              take: 50,
            })
          : [],
      ]);
      const clips = await deps.db.clip.findMany({
        where: { id: { in: rows.flatMap((row) => (row.clipId === null ? [] : [row.clipId])) } },
      });
      const flagCounts = await Promise.all(
        clips.map((clip) =>
          deps.db.flag.count({
            where: {
              sourceId: clip.sourceId,
              from: { lte: new Date(clip.startedAt.getTime() + clip.durationMs) },
              to: { gte: clip.startedAt },
            },
          }),
        ),
      );
      const byId = new Map(clips.map((clip, index) => [clip.id, { clip, flags: flagCounts[index] ?? 0 }]));
      const stored = rows.map((row) => {
        const found = row.clipId === null ? undefined : byId.get(row.clipId);
        const reason = found?.clip.state === "QUARANTINED" ? found.clip : row;
        return {
          id: row.id,
          via: row.via,
          fileName: row.fileName,
          sizeBytes: Number(row.sizeBytes),
          sha256: row.sha256,
          state: row.state,
          sourceId: found?.clip.sourceId ?? row.sourceId,
          reasonCode: reason.reasonCode,
          reasonZh: reason.reasonZh,
          reasonEn: reason.reasonEn,
          clipId: row.clipId,
          clipState: found?.clip.state ?? null,
          flightId: found?.clip.flightId ?? null,
          flags: found?.flags ?? 0,
          createdAt: row.createdAt.toISOString(),
        };
      });
      const receiving = arriving.map((row) => ({
        id: row.id,
        via: "upload",
        fileName: row.fileName,
        sizeBytes: Number(row.sizeBytes),
        sha256: row.sha256,
        state: row.state === "RECEIVED" ? ("WAITING" as const) : ("RECEIVING" as const),
        sourceId: row.sourceId,
        reasonCode: null,
        reasonZh: null,
        reasonEn: null,
        clipId: null,
        clipState: null,
        flightId: null,
        flags: 0,
        createdAt: row.createdAt.toISOString(),
      }));
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { items: [...receiving, ...stored], next: last === undefined ? null : String(last.createdAt.getTime()) };
    },
  );
};
