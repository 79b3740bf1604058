import { join } from "node:path";
import type { PointNorm, Scene } from "@mingcha/models/scene";
import { type Analysis, analyzeClips } from "../analysis/analyze-clips.ts";
import { BadUse } from "../cli/fail.ts";
import type { openInference, openTools } from "../cli/open-detector.ts";
import { readSceneFile } from "../cli/read-scene-file.ts";
import { beyondOf } from "./beyond-of.ts";
import type { ClipCase } from "./read-set.ts";
import { type ScoredAct, scoreClip } from "./score-clip.ts";

export type EvaluationDeps = {
  tools: Awaited<ReturnType<typeof openTools>>;
  inference: Awaited<ReturnType<typeof openInference>>;
};
export type EvaluatedClip = { name: string; lines: ScoredAct[]; scene: Scene; analysis: Analysis };

/** Runs a clip through the whole chain, as `npm run analyze` does, and compares its flags with its truth. `adjust` may set thresholds. */
export async function evaluateClip(
  deps: EvaluationDeps,
  { name, folder, truth }: ClipCase,
  adjust: (scene: Scene) => Scene = (scene) => scene,
): Promise<EvaluatedClip> {
  const scene = adjust((await readSceneFile(join(folder, "scene.json"))).scene);
  const startMs = Date.parse(truth.startedAt);
  const analysis = await analyzeClips(deps, { files: [join(folder, truth.clip)], scene, startMs });
  if (analysis.kind === "bad") throw new BadUse(analysis.text);
  const found = analysis.places
    .flatMap((place) => place.flags)
    .map((finding) => ({
      violation: finding.violation,
      zone: finding.zone,
      fromS: (finding.fromMs - startMs) / 1000,
      toS: (finding.toMs - startMs) / 1000,
      beyond: (line: readonly PointNorm[]) => beyondOf(finding, scene, line),
    }));
  return { name, lines: scoreClip(truth.violations, found, scene.lookEveryS), scene, analysis };
}
