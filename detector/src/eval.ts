import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { probe } from "@mingcha/infra/media";
import { cocoRoles } from "@mingcha/models/onnx";
import { analyzeClips } from "./analysis/analyze-clips.ts";
import { BadUse, runCommand } from "./cli/fail.ts";
import { openInference, openModel, openTools, readConfig } from "./cli/open-detector.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { printTable } from "./cli/print-table.ts";
import { readSceneFile } from "./cli/read-scene-file.ts";
import { type ClipCase, type PictureCase, readSet } from "./evaluation/read-set.ts";
import { ratesOfBoxes, scoreBoxes } from "./evaluation/score-boxes.ts";
import { type Rate, ratesOf, type ScoredAct, scoreClip } from "./evaluation/score-clip.ts";
import { planLooks } from "./runtime/plan-looks.ts";

const usage = "npm run eval -- [--set DIR] [--model ID] [--json]";
const demoFolder = fileURLToPath(new URL("../../models/demo/", import.meta.url));
/** Score from which a box counts in a set of labelled pictures: the usual `minScore` of the rules. */
const boxMinScore = 0.35;

type Deps = { tools: Awaited<ReturnType<typeof openTools>>; inference: Awaited<ReturnType<typeof openInference>> };

async function evaluateClip(deps: Deps, { name, folder, truth }: ClipCase): Promise<(ScoredAct & { clip: string })[]> {
  const { scene } = await readSceneFile(join(folder, "scene.json"));
  const startMs = Date.parse(truth.startedAt);
  const analysis = await analyzeClips(deps, { files: [join(folder, truth.clip)], scene, startMs });
  if (analysis.kind === "bad") throw new BadUse(analysis.text);
  const found = analysis.places
    .flatMap((place) => place.flags)
    .map(({ violation, zone, fromMs, toMs }) => ({
      violation,
      zone,
      fromS: (fromMs - startMs) / 1000,
      toS: (toMs - startMs) / 1000,
    }));
  return scoreClip(truth.violations, found, scene.lookEveryS).map((line) => ({ clip: name, ...line }));
}

async function evaluatePicture(deps: Deps, { file, boxes }: PictureCase) {
  const probed = await probe(deps.tools, file);
  if (probed.kind === "refused") throw new BadUse(`${file}: ${probed.text.en}`);
  const outcome = await deps.inference.look(planLooks(probed.media, 1));
  if (outcome.kind !== "ok")
    throw new BadUse(`${file}: ${outcome.kind === "refused" ? outcome.text.en : outcome.text}`);
  return scoreBoxes(boxes, outcome.looks[0]?.detections ?? [], boxMinScore);
}

const span = (ends: { fromS: number; toS: number } | null): string =>
  ends === null ? "–" : `${ends.fromS.toFixed(1)}–${ends.toS.toFixed(1)} s`;
const looks = (value: number | null): string => (value === null ? "" : value.toFixed(1));
const rateRow = (rate: Rate): string[] => [
  rate.name,
  String(rate.truths),
  String(rate.found),
  String(rate.right),
  rate.precision.toFixed(3),
  rate.recall.toFixed(3),
];
const rateHead = ["", "true", "found", "right", "precision", "recall"];

async function evaluate(): Promise<number> {
  const options = {
    set: { type: "string" },
    model: { type: "string" },
    json: { type: "boolean", default: false },
  } as const;
  const { values } = parseArguments(options, usage);
  const config = readConfig();
  const model = await openModel(config, values.model ?? config.modelId);
  const folder = resolve(values.set ?? demoFolder);
  // Sets name things as COCO does or as the model does.
  const set = await readSet(folder, (label) => cocoRoles[label] ?? model.manifest.roles[label]);
  const tools = await openTools(config);
  const inference = await openInference(model, tools);
  try {
    if (set.kind === "pictures") {
      const counts = [];
      for (const picture of set.pictures) counts.push(await evaluatePicture({ tools, inference }, picture));
      const rates = ratesOfBoxes(counts);
      if (values.json) console.log(JSON.stringify({ model: model.manifest.id, set: folder, roles: rates }, null, 2));
      else printTable([rateHead, ...rates.map(rateRow)]);
      return 0;
    }
    const lines: (ScoredAct & { clip: string })[] = [];
    for (const clip of set.clips) lines.push(...(await evaluateClip({ tools, inference }, clip)));
    const rates = ratesOf(lines);
    const isPerfect = lines.every((line) => line.verdict === "hit");
    if (values.json)
      console.log(
        JSON.stringify(
          { model: model.manifest.id, set: folder, passed: isPerfect, acts: lines, rules: rates },
          null,
          2,
        ),
      );
    else {
      const head = ["clip", "violation", "zone", "truth", "found", "from off (looks)", "to off (looks)", "verdict"];
      const rows = lines.map((line) => [
        line.clip,
        line.violation,
        line.zone,
        span(line.truth),
        span(line.found),
        looks(line.fromOffLooks),
        looks(line.toOffLooks),
        line.verdict,
      ]);
      printTable([head, ...rows]);
      console.log();
      printTable([rateHead, ...rates.map(rateRow)]);
      console.log(isPerfect ? "\nevery true act was flagged once, nothing else was" : "\nnot everything was right");
    }
    return isPerfect ? 0 : 1;
  } finally {
    await inference.close();
  }
}

await runCommand(evaluate);
