import { BadUse } from "../cli/fail.ts";
import type { LocatedModel } from "../runtime/load-model.ts";
import { readModelFile } from "../runtime/load-model.ts";
import { type OnnxSession, openOnnxSession } from "../runtime/onnx-session.ts";

export async function openBareSession(model: LocatedModel): Promise<OnnxSession> {
  const file = await readModelFile(model);
  if (file.kind === "bad") throw new BadUse(file.text);
  const session = await openOnnxSession(file.bytes, model.manifest);
  if ("kind" in session) throw new BadUse(session.text);
  return session;
}

/** `session.run` and nothing else for a while: runs a second, and CPU seconds a run. */
export async function bareInference(
  session: OnnxSession,
  forMs: number,
): Promise<{ perS: number; cpuS: number; runs: number }> {
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  let runs = 0;
  while (performance.now() - startedMs < forMs) {
    await session.runBare();
    runs++;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { perS: (runs * 1000) / (performance.now() - startedMs), cpuS: (user + system) / 1e6 / runs, runs };
}
