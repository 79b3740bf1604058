import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findMediaTools, type MediaTools } from "@mingcha/infra/media";
import { readScene } from "@mingcha/models/violations";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Analysis, analyzeClips } from "./analysis/analyze-clips.ts";
import { type InferenceProcess, startInferenceProcess } from "./runtime/inference-process.ts";
import { locateModel } from "./runtime/load-model.ts";

const repoRoot = fileURLToPath(new URL("../../", import.meta.url));
const dataFolder = process.env.MINGCHA_TEST_DATA ?? resolve(repoRoot, "../shared/data");
const footage = join(dataFolder, "footage");
const models = join(dataFolder, "models/detector");
const clips = existsSync(footage)
  ? readdirSync(footage)
      .filter((name) => name.endsWith(".scene.json"))
      .map((name) => name.replace(".scene.json", ""))
  : [];
if (clips.length === 0) console.log(`footage tests skipped: no *.scene.json in ${footage} (MINGCHA_TEST_DATA)`);

const rangeSchema = z.tuple([z.number(), z.number()]);
const expectSchema = z.object({
  flags: z.array(z.object({ violation: z.string(), zone: z.string(), fromS: rangeSchema, toS: rangeSchema })),
  noFlagIn: z.array(z.string()),
});

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(footage, file), "utf8"));
const mediaOf = (clip: string): string => {
  const name = readdirSync(footage).find((file) => file.startsWith(`${clip}.`) && !file.endsWith(".json"));
  if (name === undefined) throw new Error(`no media for ${clip}`);
  return join(footage, name);
};

describe.skipIf(clips.length === 0).each(["yolox_nano", "deimv2_hgnetv2_femto_coco"])("real footage with %s", (id) => {
  let tools: MediaTools;
  let inference: InferenceProcess;

  beforeAll(async () => {
    tools = await findMediaTools();
    const located = await locateModel(id, [models]);
    if ("kind" in located) throw new Error(located.text);
    const started = await startInferenceProcess(located, tools);
    if ("kind" in started) throw new Error(started.text);
    inference = started;
  });
  afterAll(() => inference?.close());

  test.each(clips)("%s gives exactly the flags that are there", async (clip) => {
    const read = readScene(readJson(`${clip}.scene.json`));
    if (read.kind === "bad") throw new Error(read.text.en);
    const wanted = expectSchema.parse(readJson(`${clip}.expect.json`));
    const startMs = Date.parse("2026-05-01T08:00:00+08:00");
    const analysis = await analyzeClips({ tools, inference }, { files: [mediaOf(clip)], scene: read.scene, startMs });
    expect(analysis.kind, JSON.stringify(analysis)).toBe("ok");
    const flags = (analysis as Analysis).places
      .flatMap((place) => place.flags)
      .map((f) => ({
        violation: f.violation,
        zone: f.zone,
        fromS: (f.fromMs - startMs) / 1000,
        toS: (f.toMs - startMs) / 1000,
      }));
    expect(flags.length, JSON.stringify(flags)).toBe(wanted.flags.length);
    for (const { violation, zone, fromS, toS } of wanted.flags) {
      const flag = flags.find((f) => f.violation === violation && f.zone === zone);
      expect(flag, `${violation} in ${zone}`).toBeDefined();
      expect(flag?.fromS).toBeGreaterThanOrEqual(fromS[0]);
      expect(flag?.fromS).toBeLessThanOrEqual(fromS[1]);
      expect(flag?.toS).toBeGreaterThanOrEqual(toS[0]);
      expect(flag?.toS).toBeLessThanOrEqual(toS[1]);
    }
    for (const zone of wanted.noFlagIn) expect(flags.filter((f) => f.zone === zone)).toEqual([]);
  });
});
