import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type MediaTools, probe } from "@mingcha/infra/media";
import type { Manifest } from "@mingcha/models/onnx";
import { type BoxNorm, boxIou, type Detection, type Role, roleSchema } from "@mingcha/models/scene";
import { z } from "zod";
import { BadUse } from "../cli/fail.ts";
import type { InferenceProcess } from "../runtime/inference-process.ts";
import { planLooks } from "../runtime/plan-looks.ts";
import { rightIou } from "./match-boxes.ts";

const demoFolder = fileURLToPath(new URL("../../../models/demo/", import.meta.url));

/** Clips of the product with a still whose boxes are written down in `boxes.json` beside them. */
const provingClips = ["site-gate", "stall"];

/** boxes.json beside a clip: where things are in one frame of it, in shares of the picture. Only for the clip with this hash. */
const knownBoxesSchema = z.object({
  version: z.literal(1),
  clip: z.string().min(1),
  clipSha256: z.string(),
  offsetMs: z.int().min(0),
  boxes: z.array(z.object({ role: roleSchema, boxNorm: z.tuple([z.number(), z.number(), z.number(), z.number()]) })),
});

export type KnownBox = { role: Role; boxNorm: BoxNorm };
/** One known box and the detection of its role that overlaps it most; undefined where there is none at all. */
export type Proof = KnownBox & { clip: string; best: { score: number; iou: number } | undefined; isFound: boolean };

/** Pairs known boxes with detections: found where one of its role overlaps it by half. Boxes whose role the model has no label for are left out. */
export function proveBoxes(
  clip: string,
  known: readonly KnownBox[],
  detections: readonly Detection[],
  roles: ReadonlySet<Role>,
): Proof[] {
  return known
    .filter(({ role }) => roles.has(role))
    .map((box) => {
      const [best] = detections
        .filter(({ role }) => role === box.role)
        .map(({ score, boxNorm }) => ({ score, iou: boxIou(box.boxNorm, boxNorm) }))
        .filter(({ iou }) => iou > 0)
        .sort((a, b) => b.iou - a.iou);
      return { ...box, clip, best, isFound: best !== undefined && best.iou >= rightIou };
    });
}

/** Lets a model look at the stills whose boxes are known. */
export async function proveModel(
  tools: MediaTools,
  inference: Pick<InferenceProcess, "look">,
  manifest: Manifest,
): Promise<Proof[]> {
  const roles = new Set(Object.values(manifest.roles));
  const proofs: Proof[] = [];
  for (const name of provingClips) {
    const folder = join(demoFolder, name);
    const { clip, clipSha256, offsetMs, boxes } = knownBoxesSchema.parse(
      JSON.parse(await readFile(join(folder, "boxes.json"), "utf8")),
    );
    const file = join(folder, clip);
    if (
      createHash("sha256")
        .update(await readFile(file))
        .digest("hex") !== clipSha256
    )
      throw new BadUse(`${file} is not the clip its boxes.json was written for · ${file} 与其 boxes.json 不对应`);
    const probed = await probe(tools, file);
    if (probed.kind === "refused") throw new BadUse(`${file}: ${probed.text.en} · ${probed.text.zh}`);
    // One look: the next would be due after the end of the clip.
    const task = planLooks(probed.media, probed.media.durationMs, offsetMs);
    const outcome = await inference.look({ ...task, keyframesOnly: false });
    if (outcome.kind === "failed") throw new BadUse(outcome.text);
    if (outcome.kind === "refused") throw new BadUse(`${file}: ${outcome.text.en} · ${outcome.text.zh}`);
    const [look] = outcome.looks;
    if (look === undefined) throw new BadUse(`${file}: no frame at ${offsetMs} ms · 该时刻没有画面`);
    proofs.push(...proveBoxes(name, boxes, look.detections, roles));
  }
  return proofs;
}
