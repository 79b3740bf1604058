import { z } from "zod";
import { roleSchema } from "../scene/role.ts";

const positiveInt = z.int().positive();

/**
 * What the runtime must do to a picture before the model sees it. Everything here is done by ffmpeg or by copying planes;
 * `value = (pixel × scale − mean) ÷ std` is applied only where one of the three is not neutral.
 */
const inputSchema = z.strictObject({
  name: z.string().min(1),
  width: positiveInt,
  height: positiveInt,
  /** NCHW: planes; NHWC: interleaved pixels. A batch of one. */
  layout: z.enum(["NCHW", "NHWC"]),
  dtype: z.enum(["float32", "uint8"]),
  channels: z.enum(["RGB", "BGR"]),
  /** `stretch` ignores the aspect ratio; `letterbox` keeps it and pads the rest. */
  resize: z.discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("stretch") }),
    z.strictObject({
      mode: z.literal("letterbox"),
      anchor: z.enum(["top-left", "centre"]),
      /** Grey value of the padding, 0..255. */
      pad: z.int().min(0).max(255),
    }),
  ]),
  /** 1 leaves 0..255, 1/255 gives 0..1. */
  scale: z.number().positive().default(1),
  mean: z.tuple([z.number(), z.number(), z.number()]).default([0, 0, 0]),
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).default([1, 1, 1]),
});

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

/** Description of one detection model: all a runtime needs, as data. A new family is one more member and one decoder. */
export const manifestSchema = z
  .discriminatedUnion("family", [
    /** [1, N, 5 + labels]: cx, cy, w, h relative to the grid, objectness, classes; scores already 0..1. arXiv 2107.08430. */
    z.strictObject({
      ...common,
      family: z.literal("yolox"),
      outputs: z.strictObject({ predictions: z.string() }),
      strides: z.array(positiveInt).min(1),
      nmsIou: z.number().min(0).max(1),
    }),
    /** Boxes xyxy, labels and scores, already decoded and free of duplicates. `sizeInput` int64 [1,2] = width, height the boxes are scaled to. */
    z.strictObject({
      ...common,
      family: z.literal("detr"),
      sizeInput: z.string().exactOptional(),
      outputs: z.strictObject({ labels: z.string(), boxes: z.string(), scores: z.string() }),
      /** IoU above which two boxes of one label are one thing; DETR rarely needs it. */
      nmsIou: z.number().min(0).max(1).exactOptional(),
    }),
  ])
  .check((ctx) => {
    for (const label of Object.keys(ctx.value.roles))
      if (!ctx.value.labels.includes(label))
        ctx.issues.push({
          code: "custom",
          input: label,
          path: ["roles", label],
          message: `"${label}" is no label of the model`,
        });
  });

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestInput = z.input<typeof manifestSchema>;
export type ModelInput = Manifest["input"];

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
