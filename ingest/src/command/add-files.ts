import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Database, IntakeModel } from "@mingcha/infra/db";
import type { Queues } from "@mingcha/infra/queue";
import { storeIntake } from "@mingcha/models/jobs";
import { createIntake } from "../intake/create-intake.ts";
import { registerSceneFile } from "../ways-in/register-scene-file.ts";
import { type CommandArguments, parseStart, UsageError } from "./parse-arguments.ts";

export interface AddDeps {
  readonly db: Database;
  readonly queues: Pick<Queues, "ring">;
  /** Turns a path as typed into an absolute one. */
  readonly resolvePath: (path: string) => string;
}

/** Writes an intake row for each file and rings; the same file with the same options is the same row. Throws UsageError. */
export async function addFiles(deps: AddDeps, given: CommandArguments): Promise<IntakeModel[]> {
  const paths = given.files.map(deps.resolvePath);
  const srt = given.srt === null ? null : deps.resolvePath(given.srt);
  for (const path of srt === null ? paths : [...paths, srt]) await requireFile(path);
  const { sourceId, startedAt } = await chooseTarget(deps, given, basename(paths[0] ?? ""));
  const rows: IntakeModel[] = [];
  for (const path of paths) {
    const groupId = srt === null ? null : `command:${path}|${srt}`;
    const options = { sourceId, startedAt, groupId };
    // Telemetry first: it tells when and where the video was taken.
    if (srt !== null) rows.push(await addFile(deps, srt, { ...options, startedAt: null }));
    rows.push(await addFile(deps, path, options));
  }
  return rows;
}

async function chooseTarget(
  { db, resolvePath }: AddDeps,
  given: CommandArguments,
  videoName: string,
): Promise<{ sourceId: string | null; startedAt: Date | null }> {
  // The zone is needed to read --start, and the start to date the scene; a scene file's own zone is known only after it was read.
  const known = given.source === null ? null : await db.source.findUnique({ where: { id: given.source } });
  if (given.source !== null && !known && given.scene === null)
    throw new UsageError(`There is no source "${given.source}"; register it or give --scene.`);
  const read = (timezone: string): Date | null => {
    if (given.start === null) return null;
    const startedAt = parseStart(given.start, timezone);
    if (!startedAt) throw new UsageError(`--start ${given.start} is no ISO 8601 time like 2026-05-01T08:00:00+08:00.`);
    return startedAt;
  };
  const roughStart = read(known?.timezone ?? "Asia/Shanghai");
  if (given.scene === null) return { sourceId: given.source, startedAt: roughStart };

  const scene = await registerSceneFile(db, resolvePath(given.scene), videoName, roughStart ?? undefined);
  if (scene === null) throw new UsageError(`The scene file ${given.scene} cannot be read.`);
  if (scene.kind === "refused") throw new UsageError(`${given.scene}: ${scene.en}.`);
  if (given.source !== null && given.source !== scene.sourceId)
    throw new UsageError(`--source ${given.source} and the source "${scene.sourceId}" of ${given.scene} differ.`);
  return { sourceId: scene.sourceId, startedAt: read(scene.timezone) };
}

async function addFile(
  { db, queues }: AddDeps,
  path: string,
  { sourceId, startedAt, groupId }: { sourceId: string | null; startedAt: Date | null; groupId: string | null },
): Promise<IntakeModel> {
  const { size, mtimeMs } = await stat(path);
  const dedupeKey = ["command", path, size, Math.round(mtimeMs), sourceId ?? ""].join(":");
  const arrival = {
    via: "command",
    fileName: basename(path),
    stagedPath: path,
    dedupeKey,
    sizeBytes: size,
    sourceId,
    groupId,
    startedAtHint: startedAt,
  } as const;
  let { intake } = await createIntake(db, arrival);
  // Typed again after a refusal: a person wants another try; the refused row stays as it is.
  if (intake.state === "QUARANTINED")
    intake = (await createIntake(db, { ...arrival, dedupeKey: `${dedupeKey}:${randomUUID()}` })).intake;
  if (intake.state === "WAITING") await queues.ring(storeIntake, { intakeId: intake.id });
  return intake;
}

async function requireFile(path: string): Promise<void> {
  const info = await stat(path).catch(() => null);
  if (!info) throw new UsageError(`${path} does not exist.`);
  if (!info.isFile()) throw new UsageError(`${path} is not a file.`);
}
