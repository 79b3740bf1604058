import type { MediaTools, Refusal } from "@mingcha/infra/media";
import type { LocatedModel } from "./load-model.ts";
import type { LookTask, TakenLooks } from "./take-looks.ts";

/** What the parent sends. Only ids, paths and numbers: pixels never cross. */
export type ToChild =
  | { type: "open"; model: LocatedModel; tools: MediaTools }
  | { type: "look"; taskId: number; task: LookTask }
  | { type: "close" };

/** What the child sends. `alive` comes once a second and with every look; silence means it hangs. */
export type FromChild =
  | { type: "ready"; provider: string; openMs: number }
  | { type: "refused"; text: string }
  | { type: "alive"; memoryBytes: number }
  | { type: "done"; taskId: number; result: TakenLooks | Refusal }
  | { type: "failed"; taskId: number; text: string };
