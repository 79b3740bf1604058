import type { MediaTools, Refusal } from "@mingcha/infra/media";
import type { LocatedModel } from "./load-model.ts";
import type { OnnxSession } from "./onnx-session.ts";
import type { LookTask, TakenLooks } from "./take-looks.ts";

/** What a process says of the session it opened, as it is and not as it was asked for. */
export type SessionFacts = Pick<OnnxSession, "provider" | "providerNote" | "threads" | "folding"> & {
  /** Frames of several clips that go through the graph in one run at most. */
  batchMax: number;
  openMs: number;
};

/** What the parent sends. Only ids, paths and numbers: pixels never cross. */
export type ToChild =
  | { type: "open"; model: LocatedModel; tools: MediaTools }
  | { type: "look"; taskId: number; task: LookTask }
  | { type: "close" };

/** What the child sends. `alive` comes once a second and with every look; silence means it hangs, and so do looks that do not grow. */
export type FromChild =
  | ({ type: "ready" } & SessionFacts)
  | { type: "refused"; text: string }
  | { type: "alive"; memoryBytes: number; looks: number }
  | { type: "done"; taskId: number; result: TakenLooks | Refusal }
  | { type: "failed"; taskId: number; text: string };
