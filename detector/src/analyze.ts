import { resolve } from "node:path";
import type { FlagsFile } from "@mingcha/models/scene";
import { analyzeClips } from "./analysis/analyze-clips.ts";
import { replayLooks } from "./analysis/replay-looks.ts";
import { writeFlags } from "./analysis/write-flags.ts";
import { BadUse, runCommand } from "./cli/fail.ts";
import { openInference, openModel, openTools, readConfig } from "./cli/open-detector.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { readSceneFile } from "./cli/read-scene-file.ts";

const usage =
  "npm run analyze -- MEDIA… --scene scene.json [--start ISO8601] [--model ID] [--out DIR] [--json], or --looks looks.json in place of media";

const options = {
  scene: { type: "string" },
  looks: { type: "string" },
  start: { type: "string" },
  model: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

function readStart(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(ms))
    throw new BadUse(`--start ${text} is no ISO 8601 time like 2026-05-01T08:00:00+08:00`);
  return ms;
}

function show(file: FlagsFile, folder: string, asJson: boolean): void {
  if (asJson) {
    console.log(JSON.stringify(file, null, 2));
    return;
  }
  for (const flag of file.flags)
    console.log(`${flag.violation} ${flag.zone} ${flag.from} – ${flag.to} dwell ${flag.dwellS} s, score ${flag.score}`);
  console.log(`${file.flags.length} flags, ${file.stats.looks} looks (${file.stats.looksMissing} missing) → ${folder}`);
}

async function analyze(): Promise<number> {
  const { values, positionals } = parseArguments(options, usage);
  if (positionals.length === 0 && values.looks === undefined)
    throw new BadUse(`neither media nor --looks were given. Usage: ${usage}`);
  if (values.scene === undefined) throw new BadUse(`--scene is missing. Usage: ${usage}`);
  const folder = resolve(values.out ?? "analysis");
  const { scene, sha256 } = await readSceneFile(values.scene);
  if (values.looks !== undefined) {
    if (positionals.length > 0) throw new BadUse(`--looks takes the place of media: give one of them. Usage: ${usage}`);
    show(await replayLooks(values.looks, { scene, sha256 }, folder), folder, values.json);
    return 0;
  }
  const startMs = readStart(values.start);
  const config = readConfig();
  const model = await openModel(config, values.model ?? config.modelId);
  const tools = await openTools(config);
  const inference = await openInference(model, tools);
  try {
    const analysis = await analyzeClips(
      {
        tools,
        inference,
        onClip: (file, looks) => {
          if (!values.json) console.error(`${file}: ${looks} looks`);
        },
      },
      { files: positionals, scene, ...(startMs === undefined ? {} : { startMs }) },
    );
    if (analysis.kind === "bad") throw new BadUse(analysis.text);
    show(await writeFlags({ tools, scene, analysis, folder }, model.manifest, sha256), folder, values.json);
    return 0;
  } finally {
    await inference.close();
  }
}

await runCommand(analyze);
