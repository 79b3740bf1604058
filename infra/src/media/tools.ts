import { execFile } from "node:child_process";
import { access, chmod, constants } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

export type Tool = {
  path: string;
  /** First words of `-version`, kept with every derivative. */
  version: string;
  /** Release number as 501 for 5.1; 0 for a build that carries none, as the one npm ships. */
  release: number;
};

/** What every media function needs; found once at start. */
export type MediaTools = { ffmpeg: Tool; ffprobe: Tool; warnings: string[] };

export type ToolPaths = { ffmpegPath?: string | undefined; ffprobePath?: string | undefined };

/** Release of a version line: "ffmpeg version 5.1.9-0+deb12u1" → 501, "n7.1" → 701, "N-47683-g0e8eb07980" → 0. */
export function releaseOf(versionLine: string): number {
  const match = /version n?(\d+)\.(\d+)/.exec(versionLine);
  return match ? Number(match[1]) * 100 + Number(match[2]) : 0;
}

async function tryTool(path: string): Promise<Tool | undefined> {
  const result = await run(path, ["-version"], { timeout: 10_000, encoding: "utf8" }).catch(() => undefined);
  const line = result?.stdout.split("\n")[0]?.trim();
  return line === undefined || line === "" ? undefined : { path, version: line, release: releaseOf(line) };
}

/** Path of the binary inside an optional npm package, made executable: npm leaves it unset where install scripts are off. */
async function npmTool(name: "@ffmpeg-installer/ffmpeg" | "@ffprobe-installer/ffprobe"): Promise<Tool | undefined> {
  const module: { default?: { path?: string } } | undefined = await import(name).catch(() => undefined);
  const path = module?.default?.path;
  if (path === undefined) return undefined;
  await access(path, constants.X_OK).catch(() => chmod(path, 0o755).catch(() => undefined));
  return tryTool(path);
}

/** Finds ffmpeg and ffprobe: the paths given, else the system's, else the ones npm ships. Throws a sentence where there is none. */
export async function findMediaTools(paths: ToolPaths = {}): Promise<MediaTools> {
  const warnings: string[] = [];
  const find = async (name: "ffmpeg" | "ffprobe", given: string | undefined): Promise<Tool> => {
    if (given !== undefined && given !== "") {
      const tool = await tryTool(given);
      if (tool === undefined) throw new Error(`${name} at ${given} does not run`);
      return tool;
    }
    const system = await tryTool(name);
    if (system !== undefined) return system;
    const shipped = await npmTool(name === "ffmpeg" ? "@ffmpeg-installer/ffmpeg" : "@ffprobe-installer/ffprobe");
    if (shipped === undefined) throw new Error(`${name} was found neither on this system nor in node_modules`);
    warnings.push(`using the ${name} npm ships (${shipped.version}): install a current ffmpeg before going live`);
    return shipped;
  };
  return {
    ffmpeg: await find("ffmpeg", paths.ffmpegPath),
    ffprobe: await find("ffprobe", paths.ffprobePath),
    warnings,
  };
}
