import type { MediaTools } from "@mingcha/infra/media";
import type { AttributeReading } from "@mingcha/models/attributes";
import type { AttributeTask } from "./judge-look.ts";

/** What the parent sends. Paths and numbers: pixels never cross. */
export type ToStages =
  | { type: "open"; folders: readonly string[]; tools: MediaTools }
  | { type: "judge"; taskId: number; task: AttributeTask };

/** What the process with the second-stage models answers. */
export type FromStages =
  | { type: "ready"; stageIds: readonly string[]; problems: readonly string[] }
  | { type: "judged"; taskId: number; readings: AttributeReading[] }
  | { type: "failed"; taskId: number; text: string };
