import type { ModelInput } from "@mingcha/models/onnx";
import type { OnnxSession } from "../runtime/onnx-session.ts";
import { warmUpFrames } from "../runtime/onnx-session-warmup.ts";

const benchMs = 12_000;
const batchOf = 4;

type Timed = { name: string; frames: number; run: () => Promise<unknown>; wallMs: number[]; cpuMs: number[] };

/** Runs all of them in turn for a while, so that what else the machine does falls on each alike. */
async function measureInTurn(timed: readonly Timed[]): Promise<void> {
  for (const { run } of timed) await run();
  for (const until = performance.now() + benchMs; performance.now() < until; )
    for (const { run, frames, wallMs, cpuMs } of timed) {
      const cpu = process.cpuUsage();
      const from = performance.now();
      await run();
      wallMs.push((performance.now() - from) / frames);
      const { user, system } = process.cpuUsage(cpu);
      cpuMs.push((user + system) / 1000 / frames);
    }
}

const names = { folded: "folded", none: "bytes", left: "tables" } as const;

/** Table of a frame to boxes, the bare run, and several frames at once where the graph takes them, in milliseconds a frame. */
export async function benchSessions(sessions: readonly OnnxSession[], input: ModelInput): Promise<string[][]> {
  const [frame] = warmUpFrames(input);
  const frames = Array.from({ length: batchOf }, () => frame);
  const timed = sessions.flatMap((session): Timed[] => {
    const one = (what: string, run: Timed["run"], count = 1): Timed => ({
      name: `${names[session.folding.kind]}, ${what}`,
      frames: count,
      run,
      wallMs: [],
      cpuMs: [],
    });
    return [
      one("frame to boxes", () => session.detect(frame)),
      // Repeats the input of the detect before it.
      one("bare session.run", () => session.runBare()),
      ...(session.canBatch ? [one(`${batchOf} frames at once`, () => session.detectBatch(frames), batchOf)] : []),
    ];
  });
  await measureInTurn(timed);
  const at = (values: readonly number[], share: number): string =>
    ([...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0).toFixed(1);
  return [
    ["ms a frame", "median", "p95", "CPU median", "CPU least", "runs"],
    ...timed.map(({ name, wallMs, cpuMs }) => [
      name,
      at(wallMs, 0.5),
      at(wallMs, 0.95),
      at(cpuMs, 0.5),
      at(cpuMs, 0),
      String(wallMs.length),
    ]),
  ];
}
