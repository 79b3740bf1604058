import { openDatabase } from "@mingcha/infra/db";
import { readSourceLooks } from "@mingcha/infra/looks";
import type { TrialView } from "@mingcha/models/http";
import { decodeLook, type Scene } from "@mingcha/models/scene";
import { compareScenes, replayLimits } from "@mingcha/models/violations";
import { viewTrial } from "./view-trial.ts";

/** A drafted scene to be tried on the stored looks of the last hours of a source: plain data, it crosses a process boundary. */
export type TrialTask = { databaseUrl: string; sourceId: string; scene: Scene; hours: number };

const hourMs = 3_600_000;

/** Applies the draft and the scene in force to the same stored looks. */
export async function tryScene({ databaseUrl, sourceId, scene, hours }: TrialTask): Promise<TrialView> {
  const db = openDatabase(databaseUrl, 1);
  try {
    const newest = await db.look.findFirst({ where: { sourceId }, orderBy: { capturedAt: "desc" } });
    const toMs = newest?.capturedAt.getTime();
    const found =
      toMs === undefined ? undefined : await readSourceLooks(db, sourceId, { fromMs: toMs - hours * hourMs });
    if (found === undefined || found.kind === "none")
      return { span: null, againstVersion: null, limits: [], fresh: [], gone: [], kept: [] };
    const looks = found.stored.map(decodeLook);
    return viewTrial({
      looks,
      against: found.scene?.version ?? null,
      limits: replayLimits(scene, looks),
      comparison: compareScenes(found.scene?.document, scene, looks),
    });
  } finally {
    await db.$disconnect();
  }
}
