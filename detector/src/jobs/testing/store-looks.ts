import { randomUUID } from "node:crypto";
import type { Database } from "@mingcha/infra/db";
import { type Detection, encodeLook, type Look, type SceneInput } from "@mingcha/models/scene";
import { evaluateSource } from "../evaluate-source.ts";

export const startMs = Date.parse("2026-05-04T08:00:00+08:00");
export const everyMs = 5_000;
/** Looks of a recording of one minute. */
export const clipLooks = 12;
const model = { id: "starter", sha256: "0".repeat(64) };

/** One stretch of public ground before a door: goods and parked cars, flagged after a minute. */
export const sceneOf = (id: string): SceneInput => ({
  source: { id, timezone: "Asia/Shanghai" },
  lookEveryS: everyMs / 1000,
  zones: [
    {
      id: "apron",
      kind: "public_ground",
      polygon: [
        [0, 0.4],
        [1, 0.4],
        [1, 1],
        [0, 1],
      ],
      place: "1 Road",
    },
  ],
  rules: [
    { violation: "CROSS_DOOR", zones: ["apron"], roles: ["goods"], dwellS: 60, graceS: 20 },
    { violation: "SIDEWALK_PARK", zones: ["apron"], roles: ["car"], dwellS: 60, graceS: 20 },
  ],
});

/** One thing that stands there, look after look, or nothing; `everyS` apart. */
export const standingLooks = (role: "car" | "goods", fromS: number, toS: number, isThere = true, everyS = 5): Look[] =>
  Array.from({ length: Math.ceil((toS - fromS) / everyS) }, (_, n): Look => {
    const atMs = startMs + (fromS + n * everyS) * 1000;
    const thing: Detection = { label: role, role, score: 0.8, boxNorm: [0.4, 0.6, 0.12, 0.2] };
    return { capturedAtMs: atMs, offsetMs: n * everyS * 1000, status: "seen", detections: isThere ? [thing] : [] };
  });

/** Writes looks as those of one recording straight into the database, as detect-clip stores them, and evaluates their source. */
export async function storeLooks(db: Database, sourceId: string, looks: readonly Look[]): Promise<string[]> {
  const first = looks[0]?.capturedAtMs ?? 0;
  const clip = await db.clip.create({
    data: {
      sourceId,
      fileName: `${first}.mp4`,
      sha256: randomUUID().replaceAll("-", "").repeat(2),
      sizeBytes: 1,
      container: "mp4",
      codec: "h264",
      widthPx: 1280,
      heightPx: 720,
      durationMs: clipLooks * everyMs,
      startedAt: new Date(first),
      startMethod: "uploader",
      startUncertaintyMs: 0,
      state: "DETECTED",
    },
  });
  return db.$transaction(async (tx) => {
    await tx.look.createMany({
      data: looks.map((look) => ({
        clipId: clip.id,
        offsetMs: look.offsetMs,
        sourceId,
        capturedAt: new Date(look.capturedAtMs),
        status: look.status,
        reason: look.status === "missing" ? look.reason : null,
        modelId: model.id,
        modelSha256: model.sha256,
        detections: encodeLook(look) as never,
      })),
    });
    const span = { from: new Date(first), to: new Date(looks.at(-1)?.capturedAtMs ?? first) };
    return evaluateSource(tx, { model }, sourceId, span);
  });
}
