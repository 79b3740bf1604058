import { cutStill, type MediaTools, type Refusal } from "@mingcha/infra/media";
import type { AttributeReading } from "@mingcha/models/attributes";
import type { Detection } from "@mingcha/models/scene";
import { judgeAttributes, type WantedAttributes } from "./judge-attributes.ts";
import type { Stages } from "./open-stages.ts";
import { pictureOfStill } from "./picture-of-still.ts";

/** One look of an original to judge, as plain data: it may cross a process boundary. Paths and numbers, no pixels. */
export type AttributeTask = Parameters<typeof cutStill>[1] & {
  offsetMs: number;
  detections: readonly Pick<Detection, "role" | "boxNorm">[];
  wanted: WantedAttributes;
};

/** Cuts the full-size frame of a look from its original and judges what is wanted of its detections. */
export async function judgeLook(
  tools: MediaTools,
  stages: Stages,
  { offsetMs, detections, wanted, ...original }: AttributeTask,
): Promise<{ kind: "ok"; readings: AttributeReading[] } | Refusal> {
  const isAsked = detections.some(({ role }) => role !== null && (wanted[role] ?? []).length > 0);
  if (!isAsked) return { kind: "ok", readings: [] };
  const still = await cutStill(tools, original, offsetMs);
  if (still.kind === "refused") return still;
  const picture = await pictureOfStill(still.bytes);
  return { kind: "ok", readings: await judgeAttributes(stages, picture, detections, wanted) };
}
