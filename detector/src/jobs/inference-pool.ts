import type { InferenceProcess, LookOutcome } from "../runtime/inference-process.ts";
import type { LookTask } from "../runtime/take-looks.ts";

/** Several inference processes behind one door: a clip goes to the one with the shortest line. */
export function createInferencePool(members: readonly InferenceProcess[]): {
  look: (task: LookTask) => Promise<LookOutcome>;
  close: () => Promise<void>;
} {
  const waiting = members.map(() => 0);
  return {
    look: async (task) => {
      const index = waiting.indexOf(Math.min(...waiting));
      const member = members[index];
      if (member === undefined) return { kind: "failed", text: "there is no inference process" };
      waiting[index] = (waiting[index] ?? 0) + 1;
      try {
        return await member.look(task);
      } finally {
        waiting[index] = (waiting[index] ?? 1) - 1;
      }
    },
    close: async () => {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}
