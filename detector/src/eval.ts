import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { probe } from "@mingcha/infra/media";
import { cocoRoles } from "@mingcha/models/onnx";
import { findViolation } from "@mingcha/models/violations";
import { BadUse, runCommand } from "./cli/fail.ts";
import { openInference, openModel, openTools, readConfig } from "./cli/open-detector.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { printBaseline } from "./cli/print-baseline.ts";
import { printTable } from "./cli/print-table.ts";
import { printVariants } from "./cli/print-variants.ts";
import type { DetectorConfig } from "./config.ts";
import { baselineSchema, compareFigures } from "./evaluation/baseline.ts";
import { compareModels, comparisonRows, findModels } from "./evaluation/compare-models.ts";
import { type EvaluationDeps, evaluateClip } from "./evaluation/evaluate-clip.ts";
import { evaluationFolder, measureBaseline } from "./evaluation/measure-baseline.ts";
import { type PictureCase, readSet } from "./evaluation/read-set.ts";
import { ratesOfBoxes, scoreBoxes } from "./evaluation/score-boxes.ts";
import { type Rate, ratesOf, type ScoredAct } from "./evaluation/score-clip.ts";
import { evaluateVariants, firstVariantSeed } from "./evaluation/variants.ts";
import type { LocatedModel } from "./runtime/load-model.ts";
import { planLooks } from "./runtime/plan-looks.ts";

const usage = `npm run eval -- [--set DIR] [--model ID] [--json]
  | --pictures DIR… [--models DIR] [--names a,b,…] [--json]
  | --variants N [--from SEED] [--only VIOLATION] [--keep DIR] [--model ID] [--json]
  | --baseline | --write-baseline`;
const demoFolder = fileURLToPath(new URL("../../models/demo/", import.meta.url));
/** Score from which a box counts in a set of labelled pictures: the usual `minScore` of the rules. */
const boxMinScore = 0.35;

async function evaluatePicture(deps: EvaluationDeps, { file, boxes }: PictureCase) {
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

async function openDeps(config: DetectorConfig, model: LocatedModel): Promise<EvaluationDeps> {
  const tools = await openTools(config);
  return { tools, inference: await openInference(model, tools) };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new BadUse(`${text} is no whole number. Usage: ${usage}`);
  return Number(text);
}

async function evaluate(): Promise<number> {
  const options = {
    set: { type: "string" },
    model: { type: "string" },
    json: { type: "boolean", default: false },
    pictures: { type: "string", multiple: true },
    models: { type: "string" },
    names: { type: "string" },
    variants: { type: "string" },
    from: { type: "string", default: String(firstVariantSeed) },
    keep: { type: "string" },
    only: { type: "string" },
    baseline: { type: "boolean", default: false },
    "write-baseline": { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parseArguments(options, usage);
  const config = readConfig();
  if (values.pictures !== undefined) {
    const folders = [...(values.models === undefined ? [] : [resolve(values.models)]), ...config.modelFolders];
    const compared = await compareModels(await openTools(config), {
      models: await findModels(folders),
      sets: [...values.pictures, ...positionals],
      onModel: (set, model) => console.error(`${set}: ${model} …`),
      ...(values.names === undefined ? {} : { classNames: values.names.split(",") }),
    });
    if (values.json) console.log(JSON.stringify(compared, null, 2));
    else printTable(comparisonRows(compared));
    return 0;
  }
  const model = await openModel(config, values.model ?? config.modelId);
  if (values.baseline || values["write-baseline"]) {
    const measured = await measureBaseline(await openTools(config), model);
    const file = join(evaluationFolder, "baseline.json");
    const stored = await readFile(file, "utf8").catch(() => undefined);
    const before = stored === undefined ? [] : baselineSchema.parse(JSON.parse(stored)).figures;
    const isGood = printBaseline(compareFigures(before, measured.figures));
    if (!values["write-baseline"]) return isGood ? 0 : 1;
    await writeFile(file, `${JSON.stringify(measured, null, 2)}\n`);
    return 0;
  }
  if (values.variants !== undefined) {
    if (values.only !== undefined && findViolation(values.only) === undefined)
      throw new BadUse(`${values.only} is no violation. Usage: ${usage}`);
    const deps = await openDeps(config, model);
    try {
      const { id, sha256 } = model.manifest;
      const { report, reportFolder } = await evaluateVariants(
        deps,
        { id, sha256 },
        {
          count: wholeNumber(values.variants),
          from: wholeNumber(values.from),
          ...(values.keep ? { keep: values.keep } : {}),
          ...(values.only ? { only: values.only } : {}),
        },
      );
      if (values.json) console.log(JSON.stringify(report, null, 2));
      else return printVariants(report, reportFolder) ? 0 : 1;
      return 0;
    } finally {
      await deps.inference.close();
    }
  }
  const folder = resolve(values.set ?? demoFolder);
  // Sets name things as COCO does or as the model does.
  const set = await readSet(folder, (label) => cocoRoles[label] ?? model.manifest.roles[label]);
  const { tools, inference } = await openDeps(config, model);
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
    for (const clip of set.clips) {
      const evaluated = await evaluateClip({ tools, inference }, clip);
      lines.push(...evaluated.lines.map((line) => ({ clip: clip.name, ...line })));
    }
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
