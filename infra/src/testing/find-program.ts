import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Path of a program: a given one, else in extra folders, else on PATH; undefined when it is nowhere. */
export function findProgram(name: string, extraFolders: readonly string[] = [], given?: string): string | undefined {
  if (given !== undefined && existsSync(given)) return given;
  return [...extraFolders, ...(process.env.PATH ?? "").split(delimiter)]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
