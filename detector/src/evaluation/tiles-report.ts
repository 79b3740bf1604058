import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type MediaTools, probe } from "@mingcha/infra/media";
import type { Detection } from "@mingcha/models/scene";
import { BadUse, runCommand } from "../cli/fail.ts";
import { openTools, readConfig } from "../cli/open-detector.ts";
import { parseArguments } from "../cli/parse-arguments.ts";
import { printTable } from "../cli/print-table.ts";
import { type LocatedModel, readModelFile } from "../runtime/load-model.ts";
import { openOnnxSession } from "../runtime/onnx-session.ts";
import { planLooks } from "../runtime/plan-looks.ts";
import { takeTiledLooks } from "../runtime/take-tiled-looks.ts";
import { apPerRole } from "./average-precision.ts";
import { findModels } from "./compare-models.ts";
import { readSet } from "./read-set.ts";

/** One line: a model on a set of pictures with so many tiles side by side (1: the whole picture alone). */
export type TilingRow = {
  model: string;
  across: number;
  inferencesPerPicture: number;
  vehicles: number;
  /** Cars, trucks and buses as one class, boxes right at IoU 0.5. */
  vehicleAp50: number;
  inferenceMsPerPicture: number;
  wallMsPerPicture: number;
};

/** The curve needs weak boxes too; a model's own threshold would cut it short. */
const curveMinScore = 0.02;

/** Sets from the air tell cars, vans and buses apart each in its own way: here all are one class, filed as "car". */
const asVehicle = (detections: readonly Detection[]): Detection[] =>
  detections.flatMap((one) => (one.role === "car" || one.role === "truck" ? [{ ...one, role: "car" as const }] : []));

async function judgeTiling(
  tools: MediaTools,
  model: LocatedModel,
  pictures: Extract<Awaited<ReturnType<typeof readSet>>, { kind: "pictures" }>["pictures"],
  tiling: { across: number; overlap: number },
): Promise<TilingRow> {
  const manifest = { ...model.manifest, scoreThreshold: Math.min(curveMinScore, model.manifest.scoreThreshold) };
  const file = await readModelFile(model);
  if (file.kind === "bad") throw new BadUse(file.text);
  const session = await openOnnxSession(file.bytes, manifest);
  if ("kind" in session) throw new BadUse(session.text);
  const judged = [];
  let [inferences, inferenceMs, wallMs] = [0, 0, 0];
  for (const picture of pictures) {
    const probed = await probe(tools, picture.file);
    if (probed.kind === "refused") throw new BadUse(`${picture.file}: ${probed.text.en}`);
    const task = { ...planLooks(probed.media, 1), tiling };
    const taken = await takeTiledLooks(tools, { manifest, session }, task);
    if (taken.kind === "refused") throw new BadUse(`${picture.file}: ${taken.text.en}`);
    inferences += taken.tilesPerLook;
    inferenceMs += taken.inferenceMs;
    wallMs += taken.wallMs;
    judged.push({ truths: picture.boxes, detections: asVehicle(taken.looks[0]?.detections ?? []) });
  }
  const [ap] = apPerRole(judged, ["car"]);
  return {
    model: manifest.id,
    across: tiling.across,
    inferencesPerPicture: inferences / pictures.length,
    vehicles: ap?.truths ?? 0,
    vehicleAp50: ap?.ap50 ?? Number.NaN,
    inferenceMsPerPicture: inferenceMs / pictures.length,
    wallMsPerPicture: wallMs / pictures.length,
  };
}

/** What tiles gain and cost on labelled pictures from the air, per model and number of tiles side by side. */
export async function compareTilings(
  tools: MediaTools,
  {
    models,
    set,
    classNames,
    across,
    overlap,
  }: {
    models: readonly LocatedModel[];
    set: string;
    classNames?: readonly string[];
    across: readonly number[];
    overlap: number;
  },
): Promise<TilingRow[]> {
  // Every named class of such a set is a vehicle.
  const read = await readSet(resolve(set), () => "car", classNames === undefined ? {} : { classNames });
  if (read.kind !== "pictures") throw new BadUse(`${set} holds clips, not labelled pictures`);
  const rows: TilingRow[] = [];
  for (const model of models)
    for (const count of across) rows.push(await judgeTiling(tools, model, read.pictures, { across: count, overlap }));
  return rows;
}

export const tilingRows = (set: string, rows: readonly TilingRow[]): string[][] => [
  [
    `${basename(resolve(set))}, ${rows[0]?.vehicles ?? 0} vehicles`,
    "across",
    "inferences",
    "AP50",
    "inference ms",
    "wall ms",
  ],
  ...rows.map((row) => [
    row.model,
    row.across === 1 ? "whole" : String(row.across),
    row.inferencesPerPicture.toFixed(1),
    row.vehicleAp50.toFixed(3),
    row.inferenceMsPerPicture.toFixed(0),
    row.wallMsPerPicture.toFixed(0),
  ]),
];

const usage =
  "npx tsx detector/src/evaluation/tiles-report.ts PICTURES --names a,b,… [--models DIR] [--model ID] [--across 1,2,3] [--overlap 0.2] [--json]";

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runCommand(async () => {
    const { values, positionals } = parseArguments(
      {
        names: { type: "string" },
        models: { type: "string" },
        model: { type: "string", multiple: true },
        across: { type: "string", default: "1,2,3,4" },
        overlap: { type: "string", default: "0.2" },
        json: { type: "boolean", default: false },
      },
      usage,
    );
    const [set] = positionals;
    const across = values.across.split(",").map(Number);
    const overlap = Number(values.overlap);
    const isUsable = across.every((n) => Number.isInteger(n) && n >= 1 && n <= 10) && overlap >= 0 && overlap <= 0.9;
    if (set === undefined || positionals.length > 1 || !isUsable) throw new BadUse(`Usage: ${usage}`);
    const config = readConfig();
    const found = await findModels([
      ...(values.models === undefined ? [] : [resolve(values.models)]),
      ...config.modelFolders,
    ]);
    const models = found.filter(({ manifest }) => values.model === undefined || values.model.includes(manifest.id));
    if (models.length === 0) throw new BadUse("none of these models is here");
    const rows = await compareTilings(await openTools(config), {
      models,
      set,
      ...(values.names === undefined ? {} : { classNames: values.names.split(",") }),
      across,
      overlap,
    });
    if (values.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    else printTable(tilingRows(set, rows));
    return 0;
  });
