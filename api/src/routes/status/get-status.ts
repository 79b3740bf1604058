import { statusSchema } from "@mingcha/models/http";
import { viewHostClocks } from "../../clocks/view-host-clocks.ts";
import { viewDisk } from "../../retention/disk-forecast.ts";
import type { RegisterRoute } from "../route.ts";

const seconds = (from: Date | null | undefined, now: Date) =>
  from ? Math.max(0, Math.round((now.getTime() - from.getTime()) / 1_000)) : null;

/** GET /api/status: how much waits and for how long. Age matters, length does not. */
export const registerGetStatus: RegisterRoute = (app, deps) => {
  app.get("/api/status", { config: { access: "signed_in" }, schema: { response: { 200: statusSchema } } }, async () => {
    const { db, environment, store } = deps;
    const now = deps.now();
    const [byState, looks, looksMissing, flags, oldestClip, oldestClue, newestLook, disk, hostClocks] =
      await Promise.all([
        db.clip.groupBy({ by: ["state"], _count: true }),
        db.look.count(),
        db.look.count({ where: { status: "missing" } }),
        db.flag.count(),
        db.clip.findFirst({ where: { state: "STORED" }, orderBy: { receivedAt: "asc" }, select: { receivedAt: true } }),
        db.clue.findFirst({
          where: { state: { in: ["TECH_REVIEW", "LEGAL_REVIEW"] } },
          orderBy: { createdAt: "asc" },
          select: { createdAt: true },
        }),
        db.flag.findFirst({ orderBy: { createdAt: "desc" }, select: { modelId: true, modelSha256: true } }),
        viewDisk(deps),
        viewHostClocks(db, now),
      ]);
    const count = (state: string) => byState.find((row) => row.state === state)?._count ?? 0;
    return {
      clips: { stored: count("STORED"), detected: count("DETECTED"), quarantined: count("QUARANTINED") },
      oldestUnprocessedS: seconds(oldestClip?.receivedAt, now),
      oldestUnreviewedS: seconds(oldestClue?.createdAt, now),
      looks,
      looksMissing,
      flags,
      model: { id: newestLook?.modelId ?? environment.MINGCHA_MODEL, sha256: newestLook?.modelSha256 ?? null },
      services: {
        database: environment.MINGCHA_EMBEDDED_DATABASE ? ("embedded" as const) : ("external" as const),
        queue: environment.REDIS_URL === undefined ? ("postgres" as const) : ("redis" as const),
        store: store.kind,
      },
      freeBytes: disk?.freeBytes ?? null,
      disk,
      hostClocks,
    };
  });
};
