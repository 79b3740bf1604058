import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@mingcha/infra/db";
import type { Queues } from "@mingcha/infra/queue";
import type { ObjectStore } from "@mingcha/infra/storage";
import { putClip } from "@mingcha/infra/testing/footage";
import { detectClip } from "@mingcha/models/jobs";
import { sceneSchema } from "@mingcha/models/scene";
import { planLooks, plannedOffsetsMs } from "../runtime/plan-looks.ts";
import type { Camera } from "./cameras.ts";

/**
 * Pushes the footage of all cameras up to `untilMs` of each one's clock through store, row and queue, in turn, as fast as it is worked
 * off: at most `backlogMax` clips wait. Gives the looks that were asked for by clip.
 */
export async function feedCameras(
  deps: { db: Database; store: ObjectStore; queues: Pick<Queues, "ring"> },
  cameras: readonly Camera[],
  untilMs: number,
  { backlogMax, onClip }: { backlogMax: number; onClip: () => Promise<void> },
): Promise<Map<string, number>> {
  const planned = new Map<string, number>();
  const waiting = () => deps.db.clip.count({ where: { state: "STORED" } });
  for (;;) {
    const [camera] = cameras.filter(({ atMs }) => atMs < untilMs).sort((a, b) => a.atMs - b.atMs);
    if (camera === undefined) break;
    const piece = camera.pieces[camera.clip % camera.pieces.length];
    if (piece === undefined) throw new Error(`${camera.sourceId} has no footage`);
    while ((await waiting()) >= backlogMax) {
      await onClip();
      await sleep(200);
    }
    const serial = `${camera.sourceId}-${camera.clip}`;
    const clipId = await putClip(deps, camera.sourceId, piece, new Date(camera.atMs), serial);
    const { lookEveryS } = sceneSchema.parse(camera.scene);
    planned.set(clipId, plannedOffsetsMs(piece.media, planLooks(piece.media, lookEveryS)).length);
    await deps.queues.ring(detectClip, { clipId });
    camera.clip++;
    camera.atMs += piece.media.durationMs;
    await onClip();
  }
  while ((await waiting()) > 0) {
    await onClip();
    await sleep(500);
  }
  return planned;
}
