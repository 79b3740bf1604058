import { readFile } from "node:fs/promises";
import { childrenOf, memoryBytes } from "../benchmark/cpu-time.ts";
import { fitLine } from "./fit-line.ts";

/** Resident memory at one moment, bytes: of the detector itself, and of each process that holds a model with its ffmpeg. */
export type MemorySample = { footageH: number; detector: number; inference: Map<number, number> };

export async function sampleMemory(detectorPid: number, footageH: number): Promise<MemorySample> {
  const inference = new Map<number, number>();
  for (const pid of await childrenOf(detectorPid)) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes("child-main")) inference.set(pid, (await memoryBytes(pid))?.now ?? 0);
  }
  const status = await readFile(`/proc/${detectorPid}/status`, "utf8").catch(() => "");
  return { footageH, detector: Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024, inference };
}

export type MemoryTrend = { name: string; maxMiB: number; startMiB: number; endMiB: number; miBPerFootageH: number };

/** Share of the run after which memory counts as warm: what is loaded late is loaded by then. */
const warmShare = 0.2;

/** Line through the memory of each process after its warm-up, over hours of footage. */
export function trendsOf(samples: readonly MemorySample[]): MemoryTrend[] {
  const lastH = samples.at(-1)?.footageH ?? 0;
  const trend = (name: string, read: (sample: MemorySample) => number | undefined): MemoryTrend => {
    const points = samples.flatMap((sample) => {
      const bytes = read(sample);
      return bytes === undefined ? [] : [[sample.footageH, bytes / 2 ** 20] as const];
    });
    const warm = points.filter(([footageH]) => footageH >= warmShare * lastH);
    const { at0, slope } = fitLine(warm);
    return {
      name,
      maxMiB: Math.max(...points.map(([, miB]) => miB)),
      startMiB: at0 + slope * (warm[0]?.[0] ?? 0),
      endMiB: at0 + slope * lastH,
      miBPerFootageH: slope,
    };
  };
  const pids = [...new Set(samples.flatMap(({ inference }) => [...inference.keys()]))];
  return [
    trend("detector", ({ detector }) => detector),
    ...pids.map((pid, index) => trend(`inference ${index + 1} and its ffmpeg`, ({ inference }) => inference.get(pid))),
  ];
}
