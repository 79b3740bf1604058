import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type MediaTools, probe } from "@mingcha/infra/media";
import { type Detection, type Role, roleSchema } from "@mingcha/models/scene";
import { BadUse } from "../cli/fail.ts";
import { openInference } from "../cli/open-detector.ts";
import type { LocatedModel } from "../runtime/load-model.ts";
import { planLooks } from "../runtime/plan-looks.ts";
import { apPerRole, type RoleAp } from "./average-precision.ts";
import type { Baseline, Figure } from "./baseline.ts";
import type { TrueBox } from "./match-boxes.ts";
import { metresRateOf } from "./metres-score.ts";
import { readSet } from "./read-set.ts";
import { runVariants } from "./variants.ts";
import { createDraw, rateOf, ratesBy, standardErrors, type VariantLine } from "./variants-score.ts";

export const evaluationFolder = fileURLToPath(new URL("../../../models/eval/", import.meta.url));
/** Scores from which boxes are asked of the model for a precision–recall curve; the model's own threshold would cut it short. */
const curveMinScore = 0.01;
const pictureDraws = 200;

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function variantFigures(name: string, lines: readonly VariantLine[]): Figure[] {
  const rate = rateOf(name, lines);
  const error = standardErrors(lines);
  const oneAct = 1 / Math.max(1, rate.truths);
  const figure = (what: string, value: number, noise: number, better: Figure["better"]): Figure => ({
    name: `${name} ${what}`,
    value: rounded(value),
    noise: rounded(noise),
    better,
  });
  return [
    figure("recall", rate.recall, Math.max(oneAct, 2 * error.recall), "higher"),
    figure("precision", rate.precision, Math.max(oneAct, 2 * error.precision), "higher"),
    figure("interval error (s)", rate.errorSMean, Math.max(0.2, 2 * error.errorSMean), "lower"),
  ];
}

type Picture = { truths: TrueBox[]; detections: readonly Detection[] };

/** Of how many acts more than one flag was made: a lawyer's two fines for one act. One more or less is noise. */
const doubledFigure = (lines: readonly VariantLine[]): Figure => ({
  name: "all doubled flags",
  value: rateOf("all", lines).doubles,
  noise: 1,
  better: "lower",
});

/** Two decimetres of a few acts mean nothing: a box edge that is drawn a pixel lower moves a distance by as much. */
const metresNoise = 0.2;
function metresFigures(lines: readonly VariantLine[]): Figure[] {
  const { acts, measured, rmsM } = metresRateOf(lines);
  return [
    {
      name: "all distances measured",
      value: rounded(measured / acts),
      noise: rounded(1 / acts),
      better: "higher",
    },
    { name: "all distance error (m)", value: rounded(rmsM), noise: metresNoise, better: "lower" },
  ];
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviationOf = (values: readonly number[]): number =>
  Math.sqrt(meanOf(values.map((value) => (value - meanOf(values)) ** 2)));

/**
 * AP50 of each role over a set and their mean, the noise by the bootstrap over pictures. Roles that all fall a little, each within its noise, show in the
 * mean.
 */
function pictureFigures(pictures: readonly Picture[], roles: readonly Role[]): Figure[] {
  const below = createDraw();
  const samples = Array.from({ length: pictureDraws }, () =>
    apPerRole(
      pictures.flatMap(() => pictures[below(pictures.length)] ?? []),
      roles,
    ),
  );
  const measured = apPerRole(pictures, roles);
  const figure = (name: string, value: number, noise: number): Figure => ({
    name: `${name} AP50`,
    value: rounded(value),
    noise: rounded(noise),
    better: "higher",
  });
  const meanAp = (all: readonly RoleAp[]): number => meanOf(all.map(({ ap50 }) => ap50));
  return [
    figure("mean", meanAp(measured), 2 * deviationOf(samples.map(meanAp))),
    ...measured.map(({ role, ap50, truths }) => {
      const drawn = samples.flatMap((sample) => sample.filter((one) => one.role === role).map((one) => one.ap50));
      return figure(role, ap50, Math.max(1 / truths, 2 * deviationOf(drawn)));
    }),
  ];
}

async function lookAtPictures(tools: MediaTools, model: LocatedModel, folder: string): Promise<Picture[]> {
  const set = await readSet(folder, (label) => roleSchema.safeParse(label).data);
  if (set.kind !== "pictures") throw new BadUse(`${folder} holds no labelled pictures`);
  const { manifest } = model;
  const scoreThreshold = Math.min(curveMinScore, manifest.scoreThreshold);
  const inference = await openInference({ ...model, manifest: { ...manifest, scoreThreshold } }, tools);
  try {
    const pictures: Picture[] = [];
    for (const { file, boxes } of set.pictures) {
      const probed = await probe(tools, file);
      if (probed.kind === "refused") throw new BadUse(`${file}: ${probed.text.en}`);
      const outcome = await inference.look(planLooks(probed.media, 1));
      if (outcome.kind !== "ok")
        throw new BadUse(`${file}: ${outcome.kind === "refused" ? outcome.text.en : outcome.text}`);
      pictures.push({ truths: boxes, detections: outcome.looks[0]?.detections ?? [] });
    }
    return pictures;
  } finally {
    await inference.close();
  }
}

/** Measures the model on the variants (`variants/`) and labelled pictures (`pictures/`) of an evaluation folder. */
export async function measureBaseline(
  tools: MediaTools,
  model: LocatedModel,
  folder = evaluationFolder,
): Promise<Baseline> {
  const inference = await openInference(model, tools);
  const { lines } = await runVariants({ tools, inference }, join(folder, "variants")).finally(() => inference.close());
  const violations = ratesBy(lines, (line) => line.violation).map(({ name }) => name);
  const pictures = await lookAtPictures(tools, model, join(folder, "pictures"));
  const roles = [...new Set(Object.values(model.manifest.roles))];
  return {
    version: 1,
    model: { id: model.manifest.id, sha256: model.manifest.sha256 },
    figures: [
      ...variantFigures("all", lines),
      doubledFigure(lines),
      ...metresFigures(lines),
      ...violations.flatMap((name) =>
        variantFigures(
          name,
          lines.filter((line) => line.violation === name),
        ),
      ),
      ...pictureFigures(pictures, roles),
    ],
  };
}
