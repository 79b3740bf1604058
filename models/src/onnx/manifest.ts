import { z } from "zod";
import { roleSchema } from "../scene/role.ts";
import { detrHead, detrLogitsHead, nanodetHead, ssdHead, yoloxHead } from "./manifest-heads.ts";
import { inputSchema, positiveInt } from "./manifest-input.ts";

const common = {
  id: z.string().regex(/^[a-z0-9_-]+$/),
  title: z.string().min(1),
  /** File name inside a model folder. */
  file: z.string().regex(/^[\w.-]+\.onnx$/),
  /** Where `pull` may fetch it; absent where the file only comes with the product or from the user. */
  url: z.url().exactOptional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: positiveInt,
  licence: z.string().min(1),
  /** Who made it, from what, and where that is stated. */
  origin: z.string().min(1),
  input: inputSchema,
  /** Class names in the order of the model's class ids. */
  labels: z.array(z.string().min(1)).min(1),
  /** Label → role. A label that is not named here has no role and can only be reached as `label:…`. */
  roles: z.record(z.string(), roleSchema),
  /** Detections below this are not kept. */
  scoreThreshold: z.number().min(0).max(1),
};

/** Description of one detection model: all a runtime needs, as data. A new family is one more head and one decoder. */
export const manifestSchema = z
  .discriminatedUnion("family", [
    z.strictObject({ ...common, ...yoloxHead }),
    z.strictObject({ ...common, ...nanodetHead }),
    z.strictObject({ ...common, ...detrHead }),
    z.strictObject({ ...common, ...detrLogitsHead }),
    z.strictObject({ ...common, ...ssdHead }),
  ])
  .check((ctx) => {
    const manifest = ctx.value;
    const refuse = (path: (string | number)[], message: string): void => {
      ctx.issues.push({ code: "custom", input: manifest, path, message });
    };
    for (const label of Object.keys(manifest.roles))
      if (!manifest.labels.includes(label)) refuse(["roles", label], `"${label}" is no label of the model`);
    if (manifest.family === "nanodet" && "scores" in manifest.outputs) {
      const { scores, distances } = manifest.outputs;
      if (scores.length !== manifest.strides.length || distances.length !== manifest.strides.length)
        refuse(["outputs"], "as many score and distance outputs as strides are needed");
    }
    if (manifest.family === "ssd" && manifest.backgroundId !== undefined)
      if (manifest.backgroundId > manifest.labels.length)
        refuse(["backgroundId"], "there is one column more than labels, the background is one of them");
  });

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestInput = z.input<typeof manifestSchema>;
export type ManifestOf<F extends Manifest["family"]> = Extract<Manifest, { family: F }>;

/** Reads a manifest file; the sentence names the first place that does not fit. */
export function parseManifest(
  value: unknown,
): { kind: "ok"; manifest: Manifest } | { kind: "bad"; path: string; text: string } {
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return { kind: "ok", manifest: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path.join(".") ?? "";
  return { kind: "bad", path, text: `model manifest, ${path || "top level"}: ${issue?.message ?? "does not fit"}` };
}
