import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Nobody writes one file for so long without the folder being touched: its owner is gone, on whatever machine it ran. */
const foreignDeadAfterMs = 24 * 3_600_000;

/**
 * A folder for the half-written files of this process alone, `<parent>/<machine>~<writer>~<process id>~<random>`. What killed processes left
 * is swept first: those of this machine whose process is gone, those of others (on a shared volume) after a day. Two machines, or two
 * processes of one kind, never empty each other's. Machines have to have different host names, as containers do.
 */
export async function openOwnFolder(parent: string, writer: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent))
    if (await isLeftBehind(join(parent, name), name)) await rm(join(parent, name), { recursive: true, force: true });
  const own = join(parent, [hostname(), writer, process.pid, randomUUID().slice(0, 8)].join("~"));
  await mkdir(own);
  opened.add(own);
  return own;
}

/** Folders of this very process: one process may open several stores. */
const opened = new Set<string>();

async function isLeftBehind(path: string, name: string): Promise<boolean> {
  const [machine, , pid] = name.split("~");
  if (machine === hostname() && pid !== undefined) return !opened.has(path) && !isRunning(Number(pid));
  const info = await stat(path).catch(() => null);
  return info !== null && Date.now() - info.mtimeMs > foreignDeadAfterMs;
}

/** Our own number means an earlier life: containers begin at 1 each time. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
