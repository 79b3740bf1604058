import { decodeLooks, type MediaTools } from "@mingcha/infra/media";
import { type Manifest, placePicture } from "@mingcha/models/onnx";
import { BadUse } from "../cli/fail.ts";
import { pixelFormatOf } from "../runtime/fill-input.ts";
import type { LookTask } from "../runtime/take-looks.ts";
import { cpuSeconds } from "./cpu-time.ts";

/** One ffmpeg that decodes and scales just the wanted pictures, nobody looking at them: pictures a second, and CPU seconds a picture. */
export async function bareDecode(
  tools: MediaTools,
  { input }: Manifest,
  task: LookTask,
): Promise<{ perS: number; cpuS: number; pictures: number }> {
  const { widthPx, heightPx, ...what } = task;
  const plan = {
    ...what,
    width: input.width,
    height: input.height,
    place: placePicture(input, { width: widthPx, height: heightPx }),
    pad: 114,
    pixelFormat: pixelFormatOf(input),
  };
  const startedMs = performance.now();
  const before = (await cpuSeconds(process.pid)) ?? Number.NaN;
  const result = await decodeLooks(tools, plan, async () => {});
  if (result.kind === "refused") throw new BadUse(result.text.en);
  const pictures = result.frameTimesMs.length;
  const used = ((await cpuSeconds(process.pid)) ?? Number.NaN) - before;
  return { perS: (pictures * 1000) / (performance.now() - startedMs), cpuS: used / pictures, pictures };
}
