import { createKeyframeDecoder, type DecodePlan, decodeLooks, type MediaTools } from "@mingcha/infra/media";
import { type Manifest, placePicture } from "@mingcha/models/onnx";
import { BadUse } from "../cli/fail.ts";
import type { LookTask } from "../runtime/take-looks.ts";
import { childCpuSeconds } from "./cpu-time.ts";

const passes = 10;

/** The decoding the product does for a task, as far as ffmpeg is concerned. */
export function planOf({ input }: Manifest, task: LookTask, pixelFormat: DecodePlan["pixelFormat"]): DecodePlan {
  const { widthPx, heightPx, ...what } = task;
  const place = placePicture(input, { width: widthPx, height: heightPx });
  return { ...what, width: input.width, height: input.height, place, pad: 114, pixelFormat };
}

/**
 * CPU seconds ffmpeg alone needs to decode and scale one wanted picture, nobody looking at it and nothing started in between: the cheaper of
 * an ffmpeg that stays and one a clip.
 */
export async function bareDecode(tools: MediaTools, plan: DecodePlan): Promise<number> {
  const standing = createKeyframeDecoder(tools);
  const cost = async (decode: () => Promise<unknown>): Promise<number> => {
    await decode();
    let pictures = 0;
    const before = (await childCpuSeconds(process.pid)) ?? Number.NaN;
    for (let i = 0; i < passes; i++) {
      await decode();
      pictures += picturesPerPass;
    }
    return (((await childCpuSeconds(process.pid)) ?? Number.NaN) - before) / pictures;
  };
  const first = await decodeLooks(tools, plan, async () => {});
  if (first.kind === "refused") throw new BadUse(first.text.en);
  const picturesPerPass = first.frameTimesMs.length;
  const own = await cost(() => decodeLooks(tools, plan, async () => {}));
  const stays =
    (await standing.decode(plan, async () => {})) === undefined
      ? own
      : await cost(() => standing.decode(plan, async () => {}));
  standing.close();
  return Math.min(own, stays);
}
