import { mkdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { storeIntake } from "@mingcha/models/jobs";
import { type Arrival, createIntake } from "../intake/create-intake.ts";
import { baseName, isTelemetryName } from "../intake/find-siblings.ts";
import type { IntakeDeps } from "../intake/intake-deps.ts";
import { setAsideFolders } from "../intake/kept-bytes.ts";
import { sceneFileOf } from "../intake/settle-intake.ts";
import { type FolderFile, listFolder } from "./list-folder.ts";
import { registerSceneFile } from "./register-scene-file.ts";
import type { OpenWayIn } from "./way-in.ts";

export const pollMs = 2_000;
/** A file is whole when this many looks in a row found it unchanged. */
const unchangedLooks = 2;

interface Sighting {
  readonly file: FolderFile;
  readonly unchanged: number;
}

/**
 * Files that appear in the inbox. `<name>.scene.json` beside a video, or a sub-folder named as a source, tells the source; telemetry (`.SRT`,
 * `.GPX`, `.ULG`, `.KLV`) of the same name is its flight. A file is taken once it has stopped growing, together with what stands beside it.
 */
export const watchedFolder: OpenWayIn = async (deps) => {
  const { inbox } = deps.folders;
  for (const name of Object.values(setAsideFolders)) await mkdir(join(inbox, name), { recursive: true, mode: 0o700 });
  let sightings = new Map<string, Sighting>();
  return {
    via: "folder",
    every: { ms: pollMs },
    look: async () => {
      const next = new Map<string, Sighting>();
      for (const file of await listFolder(inbox)) {
        const before = sightings.get(file.path);
        const isSame = before?.file.sizeBytes === file.sizeBytes && before.file.mtimeMs === file.mtimeMs;
        next.set(file.path, { file, unchanged: isSame ? before.unchanged + 1 : 0 });
      }
      sightings = next;
      for (const group of groupByBase([...next.values()])) await takeGroup(deps, group);
    },
  };
};

/** Files of one recording: same folder, same base name. `street.scene.json` belongs to `street.mp4`. */
function groupByBase(all: readonly Sighting[]): Sighting[][] {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of all) {
    const { path } = sighting.file;
    const key = join(dirname(path), baseName(basename(path).replace(/\.scene\.json$/i, ".x")));
    groups.set(key, [...(groups.get(key) ?? []), sighting]);
  }
  return [...groups.values()];
}

async function takeGroup(deps: IntakeDeps, group: readonly Sighting[]): Promise<void> {
  if (!group.every(({ unchanged }) => unchanged >= unchangedLooks)) return;
  const files = group.map(({ file }) => file).filter(({ path }) => !/(^|[./\\])scene\.json$/i.test(path));
  // Telemetry first: it tells when and where the video was taken.
  files.sort((a, b) => Number(isTelemetryName(b.path)) - Number(isTelemetryName(a.path)));
  const taken: string[] = [];
  for (const file of files) taken.push(...(await takeFile(deps, file)));
  // Rung when all rows are there: what belongs together is not moved apart before.
  for (const intakeId of taken) await deps.queues.ring(storeIntake, { intakeId });
}

/** Writes the row of a file; its id, or nothing where it was there already. */
async function takeFile({ db, folders }: IntakeDeps, file: FolderFile): Promise<string[]> {
  const name = relative(folders.inbox, file.path);
  const dedupeKey = `folder:${name}:${file.sizeBytes}:${Math.round(file.mtimeMs)}`;
  if ((await db.intake.count({ where: { dedupeKey } })) > 0) return [];
  const arrival: Arrival = {
    via: "folder",
    fileName: basename(file.path),
    stagedPath: file.path,
    dedupeKey,
    sizeBytes: file.sizeBytes,
    groupId: `folder:${join(dirname(name), baseName(basename(name)))}`,
  };
  const [folder] = name.split(sep);
  const scene = isTelemetryName(file.path)
    ? null
    : ((await registerSceneFile(db, sceneFileOf(file.path), arrival.fileName)) ??
      (await registerSceneFile(db, join(dirname(file.path), "scene.json"), arrival.fileName)));
  const { intake } = await createIntake(db, {
    ...arrival,
    ...(scene?.kind === "refused" ? { refusal: scene } : {}),
    sourceId: scene?.kind === "ok" ? scene.sourceId : folder === undefined || folder === name ? null : folder,
  });
  return [intake.id];
}
