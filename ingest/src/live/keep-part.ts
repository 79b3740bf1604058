import { rm, stat } from "node:fs/promises";
import { extname } from "node:path";
import { storeIntake } from "@mingcha/models/jobs";
import { type DropCause, type FrameTime, type StreamPolicy, staleClipsMax } from "@mingcha/models/streams";
import { createIntake } from "../intake/create-intake.ts";
import type { IntakeDeps } from "../intake/intake-deps.ts";
import { roomAfter } from "../intake/room.ts";

export interface PartOf {
  readonly sourceId: string;
  readonly policy: StreamPolicy;
  /** Name of this connection: parts of two are never taken for one. */
  readonly run: string;
}

export interface WholePart {
  readonly file: string;
  readonly start: FrameTime;
  readonly lengthMs: number;
}

/**
 * Writes the intake row of a part that is whole; from there it goes the way of every file. A source that leaves out what the detector cannot
 * follow, or what there is little room for, loses its newest parts, each counted.
 */
export async function keepPart(
  deps: IntakeDeps,
  { sourceId, policy, run }: PartOf,
  part: WholePart,
): Promise<"kept" | "dropped"> {
  const { db, queues } = deps;
  const cause = policy === "skip-stale" ? await findCause(deps, sourceId) : null;
  if (cause !== null) {
    await db.$executeRaw`
      insert into stream_drop (source_id, day, cause, clips, length_ms)
      values (${sourceId}, (${new Date(part.start.atMs)}::timestamptz at time zone 'UTC')::date, ${cause}, 1, ${part.lengthMs})
      on conflict (source_id, day, cause) do update
      set clips = stream_drop.clips + 1, length_ms = stream_drop.length_ms + excluded.length_ms`;
    await rm(part.file, { force: true });
    return "dropped";
  }
  const at = new Date(part.start.atMs);
  const { size } = await stat(part.file);
  const { intake } = await createIntake(db, {
    via: "live",
    fileName: `${sourceId}_${at.toISOString().replaceAll(/[-:]/g, "")}${extname(part.file)}`,
    stagedPath: part.file,
    dedupeKey: `live:${sourceId}:${run}:${part.file.split(/[\\/]/).at(-1)}`,
    sizeBytes: size,
    sourceId,
    startHint: { ...part.start },
  });
  await db.$executeRaw`
    update stream_standing set clips = clips + 1, bytes = bytes + ${size} where source_id = ${sourceId}`;
  await queues.ring(storeIntake, { intakeId: intake.id });
  return "kept";
}

/** Why a source that may leave out parts leaves this one out; null: it does not. */
async function findCause(deps: IntakeDeps, sourceId: string): Promise<DropCause | null> {
  if (!(await roomAfter(deps, 0)).takesLowValue) return "low_disk";
  return (await isBehind(deps, sourceId)) ? "behind" : null;
}

async function isBehind({ db }: Pick<IntakeDeps, "db">, sourceId: string): Promise<boolean> {
  const waiting = await db.intake.count({ where: { sourceId, state: "WAITING" }, take: staleClipsMax });
  if (waiting >= staleClipsMax) return true;
  const stored = await db.clip.count({ where: { sourceId, state: "STORED" }, take: staleClipsMax - waiting });
  return waiting + stored >= staleClipsMax;
}
