import { rm, stat } from "node:fs/promises";
import type { IntakeModel } from "@mingcha/infra/db";
import { freeBytes } from "@mingcha/infra/storage";
import type { IntakeDeps } from "./intake-deps.ts";
import { asidePath, copyWhole, exists, moveFile, refusedPath } from "./kept-bytes.ts";
import { isVia, vias } from "./via.ts";

type SettleDeps = Pick<IntakeDeps, "db" | "store" | "folders" | "minFreeBytes">;

/**
 * Puts the waiting bytes of a decided intake where they belong: staged copies of stored uploads go, files of the watched folder step
 * aside, refused bytes are kept. `stagedPath` then names where they are, or is empty. Repeating changes nothing.
 */
export async function settleIntake(deps: SettleDeps, intake: IntakeModel): Promise<void> {
  if (intake.stagedPath === "" || intake.state === "WAITING" || !isVia(intake.via)) return;
  const keptAt = intake.state === "QUARANTINED" ? await keepRefused(deps, intake) : await releaseStored(deps, intake);
  if (keptAt === intake.stagedPath) return;
  await deps.db.intake.update({ where: { id: intake.id }, data: { stagedPath: keptAt } });
}

async function releaseStored({ store, folders }: SettleDeps, intake: IntakeModel): Promise<string> {
  const rule = isVia(intake.via) ? vias[intake.via].afterStored : "leave";
  if (rule === "set-aside") {
    const target = asidePath(folders, intake, "taken");
    await moveFile(intake.stagedPath, target);
    await moveSceneFile(intake.stagedPath, target);
  }
  if (rule === "delete") {
    // The last copy outside the store goes only when the store has it.
    if (intake.sha256 === null || !(await store.find(intake.sha256))) return intake.stagedPath;
    await rm(intake.stagedPath, { force: true });
    // What the upload server noted about it.
    await rm(`${intake.stagedPath}.json`, { force: true });
  }
  return "";
}

async function keepRefused({ folders, minFreeBytes }: SettleDeps, intake: IntakeModel): Promise<string> {
  const target = refusedPath(folders, intake);
  const from = intake.stagedPath;
  if (from === target) return from;
  switch (isVia(intake.via) ? vias[intake.via].afterRefused : "leave") {
    case "leave":
      return from;
    case "copy": {
      if (await exists(target)) return target;
      const sizeBytes = await stat(from).then(
        (info) => info.size,
        () => null,
      );
      if (sizeBytes === null) return "";
      if ((await freeBytes(folders.data)) - sizeBytes < minFreeBytes) return from;
      await copyWhole(from, target);
      return target;
    }
    default: {
      const isKept = await moveFile(from, target);
      if (intake.via === "folder") await moveSceneFile(from, target);
      else await rm(`${from}.json`, { force: true });
      return isKept ? target : "";
    }
  }
}

/** The scene file beside a video of the watched folder goes with it; telemetry leaves it for the video. */
async function moveSceneFile(video: string, target: string): Promise<void> {
  if (/\.srt$/i.test(video)) return;
  const sceneFile = sceneFileOf(video);
  if (await exists(sceneFile)) await moveFile(sceneFile, `${target}.scene.json`);
}

/** `street.mp4` → `street.scene.json` */
export const sceneFileOf = (video: string): string => `${video.replace(/\.[^./\\]*$/, "")}.scene.json`;
