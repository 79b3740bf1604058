import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { probe } from "@mingcha/infra/media";
import { arrivalUncertaintyMs, isStreamPolicy, unseenDelayMs } from "@mingcha/models/streams";
import { keepPart } from "./keep-part.ts";
import type { LiveDeps } from "./live-deps.ts";

/**
 * Takes in parts that a process that was killed left behind: whole ones by the time they were closed, less their length. A part that was being
 * written has no index and cannot be read; its time is in the gap. Folders that are empty go.
 * @param isHeld sources that are received now: their newest folder is being written.
 * @returns how many were taken in.
 */
export async function recoverParts(deps: LiveDeps, isHeld: (sourceId: string) => boolean): Promise<number> {
  let taken = 0;
  for (const sourceId of await listOf(deps.liveFolder)) {
    if (isHeld(sourceId)) continue;
    const stream = await deps.db.stream.findUnique({ where: { sourceId } });
    const policy = stream !== null && isStreamPolicy(stream.policy) ? stream.policy : "never-drop";
    for (const run of await listOf(join(deps.liveFolder, sourceId))) {
      const folder = join(deps.liveFolder, sourceId, run);
      for (const name of await listOf(folder)) {
        const file = join(folder, name);
        const known = await deps.db.intake.findUnique({ where: { dedupeKey: `live:${sourceId}:${run}:${name}` } });
        if (known !== null) continue;
        const probed = await probe(deps.tools, file, { wallMs: 30_000 });
        if (probed.kind === "refused") {
          await rm(file, { force: true });
          continue;
        }
        const closedMs = (await stat(file)).mtimeMs;
        const { durationMs } = probed.media;
        await keepPart(
          deps,
          { sourceId, policy, run },
          {
            file,
            lengthMs: durationMs,
            start: {
              atMs: closedMs - durationMs - unseenDelayMs,
              method: "arrival",
              uncertaintyMs: arrivalUncertaintyMs,
              deviceMs: null,
            },
          },
        );
        taken += 1;
      }
      if ((await listOf(folder)).length === 0) await rm(folder, { recursive: true, force: true });
    }
  }
  return taken;
}

const listOf = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.sort(),
    () => [],
  );
