import type { BoxNorm, Scene } from "@mingcha/models/scene";
import { cutStill, type MediaTools, type Refusal } from "../media/index.ts";
import { renderPicture } from "./render-picture.ts";

/** One picture to cut from an original: plain data, it crosses a process boundary. */
export type StillTask = {
  original: Parameters<typeof cutStill>[1];
  offsetMs: number;
  scene: Pick<Scene, "zones">;
  cropNorm?: BoxNorm;
  /** Scaled down where it is wider than this. */
  widthPxMax?: number;
};

export type RenderedStill = { kind: "ok"; bytes: Uint8Array; widthPx: number; heightPx: number };

/** The frame of an original at a moment as a derivative: privacy zones black, cut to `cropNorm` if given, JPEG. */
export async function renderStill(tools: MediaTools, task: StillTask): Promise<RenderedStill | Refusal> {
  const { original, offsetMs, scene, cropNorm, widthPxMax } = task;
  const still = await cutStill(tools, original, offsetMs);
  if (still.kind === "refused") return still;
  return { kind: "ok", ...(await renderPicture(still.bytes, scene, cropNorm, widthPxMax)) };
}
