import { readFile } from "node:fs/promises";

/** Clock ticks of /proc/<pid>/stat; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * CPU seconds a process has used so far, those of its finished children (its ffmpegs) included; undefined where there is no /proc.
 * Fields 14–17 of proc_pid_stat(5).
 */
export async function cpuSeconds(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = fields?.slice(11, 15).map(Number);
  return ticks?.length === 4 ? ticks.reduce((a, b) => a + b, 0) / ticksPerSecond : undefined;
}

/** Largest and present resident memory of a process, bytes; undefined where there is no /proc. */
export async function memoryBytes(pid: number): Promise<{ max: number; now: number } | undefined> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => undefined);
  const read = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text ?? "")?.[1]) * 1024;
  const bytes = { max: read("VmHWM"), now: read("VmRSS") };
  return Number.isNaN(bytes.max) ? undefined : bytes;
}
