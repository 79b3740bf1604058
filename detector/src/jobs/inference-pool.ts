import type { MediaTools } from "@mingcha/infra/media";
import {
  type InferenceHealth,
  type InferenceLimits,
  type InferenceProcess,
  type LookOutcome,
  startInferenceProcess,
} from "../runtime/inference-process.ts";
import type { LocatedModel } from "../runtime/load-model.ts";
import type { LookTask } from "../runtime/take-looks.ts";

/** Several inference processes behind one door. */
export type InferencePool = {
  /** A clip goes to the shortest line, lines of processes that rest after a row of ends coming last. */
  look: (task: LookTask) => Promise<LookOutcome>;
  size: number;
  health: () => InferenceHealth[];
  close: () => Promise<void>;
};

export function createInferencePool(members: readonly InferenceProcess[]): InferencePool {
  const waiting = members.map(() => 0);
  const cost = (index: number): number =>
    (waiting[index] ?? 0) + (members[index]?.health().state === "resting" ? 1_000_000 : 0);
  return {
    look: async (task) => {
      const [index = -1] = members.map((_, at) => at).sort((a, b) => cost(a) - cost(b));
      const member = members[index];
      if (member === undefined) return { kind: "failed", text: "there is no inference process" };
      waiting[index] = (waiting[index] ?? 0) + 1;
      try {
        return await member.look(task);
      } finally {
        waiting[index] = (waiting[index] ?? 1) - 1;
      }
    },
    size: members.length,
    health: () => members.map((member) => member.health()),
    close: async () => {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}

/**
 * Starts the processes of a service, of one thread each: as many as cores on the CPU. On an accelerator, which one process fills and each
 * further one takes memory of, one alone. The first tells which it is, so it is started before the others.
 */
export async function openInferencePool(
  model: LocatedModel,
  tools: MediaTools,
  processesOnCpu: number,
  limits: Partial<InferenceLimits> = {},
): Promise<InferencePool | { kind: "bad"; text: string }> {
  const members: InferenceProcess[] = [];
  let wanted = 1;
  while (members.length < wanted) {
    const member = await startInferenceProcess(model, tools, { patienceMs: Number.POSITIVE_INFINITY, ...limits });
    if ("kind" in member) {
      await Promise.all(members.map((started) => started.close()));
      return member;
    }
    members.push(member);
    wanted = member.health().session.provider === "cpu" ? processesOnCpu : 1;
  }
  return createInferencePool(members);
}
