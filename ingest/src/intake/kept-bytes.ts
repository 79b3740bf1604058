import { constants } from "node:fs";
import { access, copyFile, mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { IntakeModel } from "@mingcha/infra/db";
import type { Folders } from "../config.ts";

type Kept = Pick<IntakeModel, "id" | "via" | "fileName" | "stagedPath">;

export const exists = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  );

/** Folders of the inbox that are never looked into: what was taken and what was refused. */
export const setAsideFolders = { taken: ".taken", refused: ".refused" } as const;

/** Where a refused file is kept. */
export function refusedPath(folders: Folders, intake: Kept): string {
  return intake.via === "folder" ? asidePath(folders, intake, "refused") : join(folders.quarantine, intake.id);
}

/** Where a file of the watched folder goes after it was handled; the id keeps files of one name apart. */
export function asidePath(folders: Folders, intake: Kept, kind: keyof typeof setAsideFolders): string {
  return join(folders.inbox, setAsideFolders[kind], `${intake.id}-${basename(intake.fileName)}`);
}

/** Moves a file, over a file-system border if need be. A source that is gone with the target in place counts as moved. */
export async function moveFile(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  if (!(await exists(from))) return exists(to);
  try {
    await rename(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // another machine was faster
    if (code === "ENOENT" && (await exists(to))) return true;
    if (code !== "EXDEV") throw error;
    await copyWhole(from, to);
    await rm(from, { force: true });
  }
  return true;
}

/** Copies under another name first, so that a killed process leaves no half file with the right one. */
export async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const half = `${to}.part`;
  await copyFile(from, half, constants.COPYFILE_FICLONE);
  await rename(half, to);
}
