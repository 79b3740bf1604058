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
  /** Clips all of them have in hand at once. */
  clipsAtOnce: number;
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
    clipsAtOnce: members.reduce((sum, member) => sum + member.clipsAtOnce, 0),
    health: () => members.map((member) => member.health()),
    close: async () => {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}

/**
 * Starts the processes of a service, of one thread each: on the CPU as many as `parallel`, with a clip each. An accelerator is filled by one
 * process, and each further one takes memory of it: there one has as many clips in hand, so that their decoding keeps up. The first tells
 * which it is, so it is started before the others.
 */
export async function openInferencePool(
  model: LocatedModel,
  tools: MediaTools,
  parallel: number,
  given: Partial<InferenceLimits> = {},
): Promise<InferencePool | { kind: "bad"; text: string }> {
  const members: InferenceProcess[] = [];
  const limits: Partial<InferenceLimits> = {
    patienceMs: Number.POSITIVE_INFINITY,
    clipsAtOnce: ({ provider }) => (provider === "cpu" ? 1 : parallel),
    ...given,
  };
  let wanted = 1;
  while (members.length < wanted) {
    const member = await startInferenceProcess(model, tools, limits);
    if ("kind" in member) {
      await Promise.all(members.map((started) => started.close()));
      return member;
    }
    members.push(member);
    wanted = member.health().session.provider === "cpu" ? parallel : 1;
  }
  return createInferencePool(members);
}
