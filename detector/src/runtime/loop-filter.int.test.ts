import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DecodePlan, decodeLooks, findMediaTools, probe } from "@mingcha/infra/media";
import { type DecodedBox, placePicture } from "@mingcha/models/onnx";
import { boxIou } from "@mingcha/models/scene";
import { expect, test } from "vitest";
import { detectorConfig } from "../config.ts";
import { locateModel, readModelFile } from "./load-model.ts";
import { openOnnxSession } from "./onnx-session.ts";
import { planLooks } from "./plan-looks.ts";

const demo = fileURLToPath(new URL("../../../models/demo/", import.meta.url));
const footage = join(process.env.MINGCHA_TEST_DATA ?? "../shared/data", "footage");
if (!existsSync(footage)) console.warn(`real footage is not compared: ${footage} is absent`);
const clips = [
  ...readdirSync(demo).map((id) => join(demo, id, "clip.mp4")),
  ...(existsSync(footage)
    ? readdirSync(footage)
        .filter((name) => name.endsWith(".mp4"))
        .map((name) => join(footage, name))
    : []),
].filter((file) => existsSync(file));

/** Boxes a rule would count; the weakest flicker with any change of a grey value. */
const scoreMin = 0.35;
const sameIou = 0.7;
const edges = ({ x1, y1, x2, y2 }: DecodedBox): [number, number, number, number] => [x1, y1, x2 - x1, y2 - y1];

test("keyframes decoded without the deblocking filter give the boxes that they give with it", async () => {
  const config = detectorConfig();
  const tools = await findMediaTools(config);
  const model = await locateModel("starter", config.modelFolders);
  if ("kind" in model) throw new Error(model.text);
  const file = await readModelFile(model);
  if (file.kind === "bad") throw new Error(file.text);
  const session = await openOnnxSession(file.bytes, model.manifest);
  if ("kind" in session) throw new Error(session.text);
  const { input } = model.manifest;

  const boxesOf = async (clip: string, deblocks: boolean): Promise<DecodedBox[][]> => {
    const probed = await probe(tools, clip, { keyframes: true });
    if (probed.kind === "refused") throw new Error(probed.text.en);
    const { widthPx, heightPx, ...task } = planLooks(probed.media, 4);
    const plan: DecodePlan = {
      ...task,
      keyframesOnly: true,
      deblocks,
      width: input.width,
      height: input.height,
      place: placePicture(input, { width: widthPx, height: heightPx }),
      pad: 114,
      pixelFormat: session.pixelFormat,
    };
    const looks: DecodedBox[][] = [];
    const decoded = await decodeLooks(tools, plan, async (frame, index) => {
      looks[index] = await session.detect(frame);
    });
    if (decoded.kind === "refused") throw new Error(decoded.text.en);
    return looks;
  };

  let strong = 0;
  let found = 0;
  let scoreChange = 0;
  for (const clip of clips) {
    const [without, filtered] = [await boxesOf(clip, false), await boxesOf(clip, true)];
    expect(without).toHaveLength(filtered.length);
    for (const [one, other] of [
      [without, filtered],
      [filtered, without],
    ] as const)
      for (const [index, boxes] of one.entries())
        for (const box of boxes.filter(({ score }) => score >= scoreMin)) {
          strong++;
          const same = (other[index] ?? []).filter(
            (candidate) => candidate.classId === box.classId && boxIou(edges(box), edges(candidate)) >= sameIou,
          );
          if (same.length === 0) continue;
          found++;
          scoreChange += Math.min(...same.map(({ score }) => Math.abs(score - box.score)));
        }
  }
  console.log(
    `${clips.length} clips, ${strong} boxes: ${((found / strong) * 100).toFixed(2)} % the same, score changes by ${(scoreChange / found).toFixed(4)}`,
  );
  expect(strong).toBeGreaterThan(300);
  expect(found / strong).toBeGreaterThan(0.98);
  expect(scoreChange / found).toBeLessThan(0.02);
}, 300_000);
