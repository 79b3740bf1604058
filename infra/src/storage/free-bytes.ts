import { statfs } from "node:fs/promises";

/** Free bytes, for ordinary users, of the file system that holds a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const info = await statfs(folder);
  return info.bavail * info.bsize;
}
