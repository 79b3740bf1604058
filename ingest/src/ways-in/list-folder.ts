import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

export interface FolderFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

const depthMax = 4;
/** Names that programs give to what they are still writing. */
const unfinished = /(\.(part|partial|tmp|crdownload|filepart)|~)$/i;

/** Plain files below a folder. Hidden ones, unfinished ones and links are left alone: a link would let in what lies elsewhere. */
export async function listFolder(folder: string, depth = 0): Promise<FolderFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files: FolderFile[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".") || unfinished.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < depthMax) files.push(...(await listFolder(path, depth + 1)));
    if (!entry.isFile()) continue;
    const info = await lstat(path).catch(() => null);
    if (info?.isFile()) files.push({ path, sizeBytes: info.size, mtimeMs: info.mtimeMs });
  }
  return files;
}
