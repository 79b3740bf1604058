import { readFile } from "node:fs/promises";

/** Clock ticks of /proc/<pid>/stat; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** CPU ticks of one process: its own, and those of its finished children (fields 14–17 of proc_pid_stat(5)). */
async function ticksOf(pid: number): Promise<{ own: number; finished: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const [user = Number.NaN, system = 0, childUser = 0, childSystem = 0] = fields?.slice(11, 15).map(Number) ?? [];
  return Number.isNaN(user) ? undefined : { own: user + system, finished: childUser + childSystem };
}

/** Process ids of the running children of a process; none where there is no /proc. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.trim().split(/\s+/).filter(Boolean).map(Number);
}

/** CPU seconds the ffmpegs of a process have used so far, finished or not; undefined where there is no /proc. */
export async function childCpuSeconds(pid: number): Promise<number | undefined> {
  const own = await ticksOf(pid);
  const running = await Promise.all((await childrenOf(pid)).map(ticksOf));
  if (own === undefined) return undefined;
  return (
    running.reduce((sum, ticks) => sum + (ticks === undefined ? 0 : ticks.own + ticks.finished), own.finished) /
    ticksPerSecond
  );
}

/** CPU seconds a process has used so far, those of its ffmpegs included. */
export async function cpuSeconds(pid: number): Promise<number | undefined> {
  const own = await ticksOf(pid);
  const children = await childCpuSeconds(pid);
  return own === undefined || children === undefined ? undefined : own.own / ticksPerSecond + children;
}

/** Largest and present resident memory of a process and its running ffmpeg together, bytes; undefined where there is no /proc. */
export async function memoryBytes(pid: number): Promise<{ max: number; now: number } | undefined> {
  let max = 0;
  let now = 0;
  for (const one of [pid, ...(await childrenOf(pid))]) {
    const text = await readFile(`/proc/${one}/status`, "utf8").catch(() => "");
    const read = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text)?.[1] ?? 0) * 1024;
    max += read("VmHWM");
    now += read("VmRSS");
  }
  return max === 0 ? undefined : { max, now };
}
