import { readFile } from "node:fs/promises";

/** Clock ticks of /proc/<pid>/stat; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** CPU ticks of one process and of its finished children: fields 14–17 of proc_pid_stat(5). */
async function ticksOf(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = fields?.slice(11, 15).map(Number);
  return ticks?.length === 4 ? ticks.reduce((a, b) => a + b, 0) : undefined;
}

/** CPU seconds a process has used so far, those of its ffmpegs included, finished or not; undefined where there is no /proc. */
export async function cpuSeconds(pid: number): Promise<number | undefined> {
  const own = await ticksOf(pid);
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const running = await Promise.all(
    children
      .trim()
      .split(/\s+/)
      .filter(Boolean)
      .map((child) => ticksOf(Number(child))),
  );
  return own === undefined
    ? undefined
    : running.reduce<number>((sum, ticks) => sum + (ticks ?? 0), own) / ticksPerSecond;
}

/** Largest and present resident memory of a process, bytes; undefined where there is no /proc. */
export async function memoryBytes(pid: number): Promise<{ max: number; now: number } | undefined> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => undefined);
  const read = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text ?? "")?.[1]) * 1024;
  const bytes = { max: read("VmHWM"), now: read("VmRSS") };
  return Number.isNaN(bytes.max) ? undefined : bytes;
}
