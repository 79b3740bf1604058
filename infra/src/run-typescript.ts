import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * Options a child of this process needs to run the repository's `.ts` files: none where Node strips types itself, this process's own where
 * it already runs under a loader, else tsx.
 */
export function typescriptExecArgv(): string[] {
  if ("typescript" in process.features && process.features.typescript) return [];
  if (process.execArgv.some((argument) => argument.includes("tsx"))) return process.execArgv;
  return ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href];
}
