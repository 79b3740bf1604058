import { readdir } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { type MediaTools, probe } from "@mingcha/infra/media";
import { cocoRoles, modelRegistry } from "@mingcha/models/onnx";
import { type Role, roleSchema, roles } from "@mingcha/models/scene";
import { BadUse } from "../cli/fail.ts";
import { openInference } from "../cli/open-detector.ts";
import { type LocatedModel, locateModel } from "../runtime/load-model.ts";
import { planLooks } from "../runtime/plan-looks.ts";
import type { LookTask } from "../runtime/take-looks.ts";
import { apPerRole, type RoleAp } from "./average-precision.ts";
import type { TrueBox } from "./match-boxes.ts";
import { readSet } from "./read-set.ts";

/** Scores from which boxes are asked of a model: the curve needs its weak ones too, its own threshold would cut the curve short. */
const curveMinScore = 0.01;

/** What sets of labelled pictures call our roles, where COCO has another word or none. */
const furtherNames: Record<string, Role> = { bike: "two-wheeler", motorbike: "two-wheeler" };
const roleOfLabel = (label: string): Role | undefined =>
  cocoRoles[label] ?? furtherNames[label] ?? roleSchema.safeParse(label).data;

type Picture = { task: LookTask; truths: TrueBox[] };
export type ComparedSet = { set: string; pictures: number; truths: RoleAp[]; models: ComparedModel[] };
export type ComparedModel = {
  model: string;
  /** Only roles the model has a label for. */
  roles: RoleAp[];
  /** Over these roles; NaN where the set has none of them. */
  meanAp50: number;
  inferenceMsMedian: number;
};

/** Models of a folder and those the product ships: every known or described one whose file is there. */
export async function findModels(folders: readonly string[]): Promise<LocatedModel[]> {
  const sidecar = ".manifest.json";
  const names = (await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])))).flat();
  const beside = names.filter((name) => name.endsWith(sidecar)).map((name) => name.slice(0, -sidecar.length));
  const ids = [...new Set([...modelRegistry.map(({ id }) => id), ...beside.sort()])];
  const located = await Promise.all(ids.map((id) => locateModel(id, folders)));
  return located.filter((model): model is LocatedModel => !("kind" in model));
}

async function readPictures(tools: MediaTools, folder: string, classNames?: readonly string[]): Promise<Picture[]> {
  const set = await readSet(folder, roleOfLabel, classNames === undefined ? {} : { classNames });
  if (set.kind !== "pictures") throw new BadUse(`${folder} holds clips, not labelled pictures`);
  const pictures: Picture[] = [];
  for (const { file, boxes } of set.pictures) {
    const probed = await probe(tools, file);
    if (probed.kind === "refused") throw new BadUse(`${file}: ${probed.text.en}`);
    pictures.push({ task: planLooks(probed.media, 1), truths: boxes });
  }
  return pictures;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function judgeModel(
  tools: MediaTools,
  model: LocatedModel,
  pictures: readonly Picture[],
): Promise<ComparedModel> {
  const { manifest } = model;
  const eager = {
    ...model,
    manifest: { ...manifest, scoreThreshold: Math.min(curveMinScore, manifest.scoreThreshold) },
  };
  const inference = await openInference(eager, tools);
  try {
    const judged = [];
    const times: number[] = [];
    for (const { task, truths } of pictures) {
      const outcome = await inference.look(task);
      if (outcome.kind !== "ok")
        throw new BadUse(`${task.file}: ${outcome.kind === "refused" ? outcome.text.en : outcome.text}`);
      times.push(outcome.inferenceMs);
      judged.push({ truths, detections: outcome.looks[0]?.detections ?? [] });
    }
    const known = new Set(Object.values(manifest.roles));
    const ap = apPerRole(
      judged,
      roles.filter((role) => known.has(role)),
    );
    const meanAp50 = ap.reduce((sum, { ap50 }) => sum + ap50, 0) / ap.length;
    return { model: manifest.id, roles: ap, meanAp50, inferenceMsMedian: median(times) };
  } finally {
    await inference.close();
  }
}

/** Average precision per role of every model on every set of labelled pictures, through the same processes that watch the cameras. */
export async function compareModels(
  tools: MediaTools,
  given: {
    models: readonly LocatedModel[];
    sets: readonly string[];
    classNames?: readonly string[];
    /** Told before each model of each set: all of it takes minutes. */
    onModel?: (set: string, model: string) => void;
  },
): Promise<ComparedSet[]> {
  const compared: ComparedSet[] = [];
  for (const folder of given.sets) {
    const set = basename(resolve(folder));
    const pictures = await readPictures(tools, resolve(folder), given.classNames);
    const judged: ComparedModel[] = [];
    for (const model of given.models) {
      given.onModel?.(set, model.manifest.id);
      judged.push(await judgeModel(tools, model, pictures));
    }
    const bare = pictures.map(({ truths }) => ({ truths, detections: [] }));
    compared.push({ set, pictures: pictures.length, truths: apPerRole(bare, roles), models: judged });
  }
  return compared;
}

/** The comparison as one table: under each set the number of true boxes, then a line a model. "–": the model has no label for the role. */
export function comparisonRows(compared: readonly ComparedSet[]): string[][] {
  const shown = roles.filter((role) => compared.some(({ truths }) => truths.some((one) => one.role === role)));
  const cells = (line: readonly RoleAp[], text: (one: RoleAp) => string): string[] =>
    shown.map((role) => {
      const one = line.find((candidate) => candidate.role === role);
      return one === undefined ? "–" : text(one);
    });
  return [
    ["AP50", ...shown, "mean", "ms"],
    ...compared.flatMap(({ set, pictures, truths, models }) => [
      [`${set} (${pictures} pictures), true boxes`, ...cells(truths, (one) => String(one.truths)), "", ""],
      ...models.map((line) => [
        `  ${line.model}`,
        ...cells(line.roles, (one) => one.ap50.toFixed(3)),
        Number.isNaN(line.meanAp50) ? "–" : line.meanAp50.toFixed(3),
        line.inferenceMsMedian.toFixed(0),
      ]),
    ]),
  ];
}
