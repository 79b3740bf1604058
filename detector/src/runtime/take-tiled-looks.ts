import { type DecodePlan, decodeLooks, type MediaTools, type Refusal } from "@mingcha/infra/media";
import { type DecodedBox, type Manifest, placePicture, toBoxNorm } from "@mingcha/models/onnx";
import type { Detection } from "@mingcha/models/scene";
import { mergeTiles, planTiles, type TileLook, type TilePlan } from "@mingcha/models/tiles";
import { shrinkFrame } from "@mingcha/models/view";
import { createViewChecks } from "./check-views.ts";
import type { OnnxSession } from "./onnx-session.ts";
import type { LookTask, TakenLook, TakenLooks } from "./take-looks.ts";
import { tileFrame } from "./tile-frame.ts";

/** One clip to look at in tiles, as plain data. */
export type TiledLookTask = LookTask & { tiling: TilePlan };

/** Looks as `takeLooks` gives them, and what they cost: inferences per look. */
export type TakenTiledLooks = TakenLooks & { tilesPerLook: number };

/**
 * Looks of a clip or photo in tiles: ffmpeg decodes each look once, cuts and scales the whole picture and every tile to the model's
 * size; the model runs on each, the boxes are merged. Same result as `takeLooks`, small things included; the view is checked on the whole picture.
 */
export async function takeTiledLooks(
  tools: MediaTools,
  model: { manifest: Manifest; session: Pick<OnnxSession, "detect" | "pixelFormat"> },
  task: TiledLookTask,
  { onLook = () => {} }: { onLook?: () => void } = {},
): Promise<TakenTiledLooks | Refusal> {
  const { manifest, session } = model;
  const { input, labels, roles } = manifest;
  const startedMs = performance.now();
  const { widthPx, heightPx, tiling, view, ...what } = task;
  const tiles = planTiles({ widthPx, heightPx }, input, tiling);
  const parts = tiles.map(({ cropPx }) => ({ crop: cropPx, place: placePicture(input, cropPx) }));
  const plan: DecodePlan = {
    ...what,
    width: input.width,
    height: input.height,
    place: { x: 0, y: 0, width: input.width, height: input.height },
    pad: input.resize.mode === "letterbox" ? input.resize.pad : 0,
    pixelFormat: session.pixelFormat,
    parts,
  };
  const isPlanar = plan.pixelFormat === "gbrp";
  const buffers = tiles.map(() => new Uint8Array(isPlanar ? input.width * input.height * 3 : 0));
  const found: Detection[][] = [];
  const views = createViewChecks(view, task.everyMs);
  // The whole picture comes first of the tiles.
  const [whole] = parts;
  let inferenceMs = 0;
  const onFrame = async (stacked: Uint8Array<ArrayBuffer>, look: number): Promise<void> => {
    const frames = buffers.map((buffer, index) => tileFrame(stacked, { index, count: tiles.length, isPlanar }, buffer));
    const [wholeFrame] = frames;
    if (whole !== undefined && wholeFrame !== undefined && views.isDue(look))
      views.check(shrinkFrame(wholeFrame, { width: input.width, isPlanar }, whole.place), look);
    const from = performance.now();
    const boxes: DecodedBox[][] = [];
    // One after another each tile is a sign of life: a look of many tiles takes long, and on a CPU a batch costs more than its parts.
    for (const frame of frames) {
      boxes.push(await session.detect(frame));
      onLook();
    }
    inferenceMs += performance.now() - from;
    const looks = tiles.map((tile, index): TileLook => {
      const { place } = parts[index] as (typeof parts)[number];
      const detections = (boxes[index] ?? []).flatMap((box): Detection[] => {
        const boxNorm = toBoxNorm(box, place);
        const label = labels[box.classId];
        if (boxNorm === undefined || label === undefined) return [];
        return [{ label, role: roles[label] ?? null, score: Math.min(1, box.score), boxNorm }];
      });
      return { tile, detections };
    });
    onLook();
    found[look] = mergeTiles(looks);
  };
  const decoded = await decodeLooks(tools, plan, onFrame);
  if (decoded.kind === "refused") return decoded;
  return {
    kind: "ok",
    looks: decoded.frameTimesMs.map(
      (offsetMs, i): TakenLook => ({ offsetMs, detections: found[i] ?? [], ...views.viewOf(i) }),
    ),
    ...views.freshReference(decoded.frameTimesMs),
    isWhole: decoded.isWhole,
    damageCount: decoded.damageCount,
    damage: decoded.damage,
    inferenceMs,
    wallMs: performance.now() - startedMs,
    tilesPerLook: tiles.length,
  };
}
