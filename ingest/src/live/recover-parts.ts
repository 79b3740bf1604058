import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { StreamStandingModel } from "@mingcha/infra/db";
import { probe } from "@mingcha/infra/media";
import {
  arrivalUncertaintyMs,
  type FrameTime,
  isStreamPolicy,
  type StreamPolicy,
  unseenDelayMs,
} from "@mingcha/models/streams";
import { keepPart } from "./keep-part.ts";
import { leaseS } from "./lease-streams.ts";
import type { LiveDeps } from "./live-deps.ts";
import { isPart, readNext } from "./note-next.ts";

/** On a folder that several machines share: what was touched so lately may be another's, which does not know yet that it lost the source. */
const foreignQuietMs = 2 * leaseS * 1_000;

/** What the probe says of a part that ffmpeg was writing when it was killed. */
const unfinished: ReadonlySet<string> = new Set([
  "empty",
  "container_not_accepted",
  "truncated",
  "damaged",
  "no_video",
]);
/** How long fetching may have taken that nobody told the length of. */
const answerMs = 8_000;

/**
 * Takes in parts that a process that was killed left behind. They follow the last one that was told, whose end is noted beside them; without a
 * note the time a part was closed, less its length, has to do. A part that was being written has no index and cannot be read: its time is in
 * the gap. Folders that are empty go. What another machine holds is its own affair; what it left is taken in once it has been quiet.
 * @param isWritten connections whose parts are being written now.
 * @returns how many were taken in.
 */
export async function recoverParts(
  deps: LiveDeps,
  isWritten: (sourceId: string, run: string) => boolean,
): Promise<number> {
  let taken = 0;
  for (const sourceId of await listOf(deps.liveFolder)) {
    const stream = await deps.db.stream.findUnique({ where: { sourceId }, include: { standing: true } });
    if (stream?.standing && isAnothers(stream.standing, deps.machine)) continue;
    const policy = stream !== null && isStreamPolicy(stream.policy) ? stream.policy : "never-drop";
    for (const run of await listOf(join(deps.liveFolder, sourceId)))
      if (!isWritten(sourceId, run) && (await isQuiet(deps, sourceId, run)))
        taken += await recoverRun(deps, {
          sourceId,
          policy,
          run,
          isWrittenInPlace: stream?.kind !== "hls" && stream?.kind !== "snapshot",
        });
  }
  return taken;
}

const isAnothers = ({ holder, leaseUntil }: StreamStandingModel, machine: string): boolean =>
  holder !== null && holder !== machine && leaseUntil !== null && leaseUntil.getTime() > Date.now();

/** A machine alone has nobody to wait for. */
async function isQuiet(deps: LiveDeps, sourceId: string, run: string): Promise<boolean> {
  const others = await deps.db.ingestMachine.count({
    where: { name: { not: deps.machine }, seenAt: { gt: new Date(Date.now() - foreignQuietMs) } },
  });
  if (others === 0) return true;
  const folder = join(deps.liveFolder, sourceId, run);
  const touched = await Promise.all(
    [folder, ...(await listOf(folder)).map((name) => join(folder, name))].map((path) =>
      stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Date.now() - Math.max(...touched) > foreignQuietMs;
}

async function recoverRun(
  deps: LiveDeps,
  of: {
    readonly sourceId: string;
    readonly policy: StreamPolicy;
    readonly run: string;
    /** Parts get their name before they are whole. */
    readonly isWrittenInPlace: boolean;
  },
): Promise<number> {
  const folder = join(deps.liveFolder, of.sourceId, of.run);
  const parts = (await listOf(folder)).filter(isPart);
  if (parts.length === 0) {
    await rm(folder, { recursive: true, force: true });
    return 0;
  }
  const noted = await readNext(folder);
  let next: FrameTime | null = noted?.next ?? null;
  let taken = 0;
  for (const name of parts) {
    const file = join(folder, name);
    const dedupeKey = `live:${of.sourceId}:${of.run}:${name}`;
    if ((await deps.db.intake.count({ where: { dedupeKey } })) > 0) continue;
    const probed = await probe(deps.tools, file, { wallMs: 30_000 });
    // one that was being written: its time is in the gap. What was whole when it got its name is refused where everybody sees why.
    if (probed.kind === "refused" && of.isWrittenInPlace && unfinished.has(probed.code)) {
      await rm(file, { force: true });
      continue;
    }
    const { durationMs, isPhoto } = probed.kind === "ok" ? probed.media : { durationMs: 0, isPhoto: false };
    // a picture follows no other by its length
    const follows = !isPhoto && next !== null && noted !== null && name > noted.after;
    const start: FrameTime =
      follows && next !== null
        ? next
        : {
            atMs: (await stat(file)).mtimeMs - durationMs - unseenDelayMs,
            method: isPhoto ? "request" : "arrival",
            uncertaintyMs: arrivalUncertaintyMs + (of.isWrittenInPlace ? 0 : answerMs),
            deviceMs: null,
          };
    if (follows && next !== null)
      next = {
        ...next,
        atMs: next.atMs + durationMs,
        deviceMs: next.deviceMs === null ? null : next.deviceMs + durationMs,
      };
    await keepPart(deps, of, { file, lengthMs: durationMs, start });
    taken += 1;
  }
  return taken;
}

const listOf = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.sort(),
    () => [],
  );
