import { readFile } from "node:fs/promises";
import type { Database } from "@mingcha/infra/db";
import { registerScene } from "@mingcha/infra/scenes";
import { AppError } from "@mingcha/models";
import { machine } from "../intake/intake-deps.ts";
import { type IntakeRefusal, refuseIntake } from "../intake/refusal.ts";
import { localToUtc } from "../time/local-to-utc.ts";
import { timeInName } from "../time/time-in-name.ts";

/**
 * Registers the scene file that came with a recording; null where there is none. A changed scene holds from the recording on, as far
 * as its name or `startedAt` tells when that was, else from now on.
 */
export async function registerSceneFile(
  db: Database,
  path: string,
  videoName: string,
  startedAt?: Date,
): Promise<{ kind: "ok"; sourceId: string; timezone: string } | IntakeRefusal | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return null;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return refuseIntake("scene_invalid", "JSON");
  }
  const validFrom = startedAt ?? timeOfName(videoName);
  try {
    const scene = await registerScene(db, document, { actor: machine, ...(validFrom ? { validFrom } : {}) });
    const { timezone } = await db.source.findUniqueOrThrow({ where: { id: scene.sourceId } });
    return { kind: "ok", sourceId: scene.sourceId, timezone };
  } catch (error) {
    if (error instanceof AppError && error.code === "BAD_INPUT")
      return refuseIntake("scene_invalid", error.params.reason);
    throw error;
  }
}

function timeOfName(fileName: string): Date | null {
  const named = timeInName(fileName);
  return named ? new Date(localToUtc(named.time, named.isUtc ? "UTC" : "Asia/Shanghai")) : null;
}
