import { z } from "zod";
import { inputSchema, positiveInt } from "../onnx/manifest-input.ts";
import { roleSchema } from "../scene/role.ts";

const share = z.number().min(0).max(1);

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
};

/** What part of a detection a stage sees; smaller things are left to a person. */
const cropSchema = z.strictObject({
  roles: z.array(roleSchema).min(1),
  /** Added on each side, share of the box's width and height. */
  marginNorm: share,
  /** Shorter side of the box in pixels of the full-size picture, at least. */
  minSidePx: positiveInt,
});

/** One probability a class; classes are grouped to the values of one or more attributes. */
const valuesHead = {
  family: z.literal("values"),
  /** `thing`: the crop of a detection; `plate`: a rectified plate. */
  sees: z.discriminatedUnion("what", [
    z.strictObject({ what: z.literal("thing"), crop: cropSchema }),
    z.strictObject({ what: z.literal("plate") }),
  ]),
  output: z.string().min(1),
  classes: z.array(z.string().min(1)).min(2),
  /** Attribute → value → classes that mean it. A class named nowhere speaks against every value. */
  attributes: z.record(z.string(), z.record(z.string(), z.array(z.string()).min(1))),
  /** A value is given when its classes together reach this. */
  threshold: share,
};

/** Columns of character probabilities, class 0 the blank between characters: a line of text read left to right. */
const charactersHead = {
  family: z.literal("characters"),
  outputs: z.strictObject({ characters: z.string().min(1), layout: z.string().min(1) }),
  /** Characters of classes 1… in order. */
  charset: z.string().min(2),
  layouts: z.array(z.string().min(1)).min(1),
  /**
   * A plate is read once for each, its left edge moved up and its right edge down by this share of its height; the columns are averaged,
   * clear readings counting for more. A box or four corners know the tilt of a plate only roughly.
   */
  tilts: z.array(z.number().min(-1).max(1)).min(1).default([0]),
  /** A text counts as read when its least certain character reaches this. */
  threshold: share,
};

/** Rows of centre x, y, width, height, objectness, four corners x, y, one score a class; pixels of the model input. */
const plateBoxesHead = {
  family: z.literal("plate_boxes"),
  crop: cropSchema,
  output: z.string().min(1),
  /** Lines of text a class of plate has, in the order of the model's classes. */
  linesOfClass: z.array(z.union([z.literal(1), z.literal(2)])).min(1),
  scoreThreshold: share,
  nmsIou: share,
};

/** A model that looks at a part of the picture which a detector found: all a runtime needs, as data. */
export const stageSchema = z
  .discriminatedUnion("family", [
    z.strictObject({ ...common, ...valuesHead }),
    z.strictObject({ ...common, ...charactersHead }),
    z.strictObject({ ...common, ...plateBoxesHead }),
  ])
  .check((ctx) => {
    const stage = ctx.value;
    if (stage.family !== "values") return;
    for (const [attribute, values] of Object.entries(stage.attributes))
      for (const name of Object.values(values).flat())
        if (!stage.classes.includes(name))
          ctx.issues.push({
            code: "custom",
            input: stage,
            path: ["attributes", attribute],
            message: `"${name}" is no class of the model`,
          });
  });

export type Stage = z.infer<typeof stageSchema>;
export type StageInput = z.input<typeof stageSchema>;
export type StageOf<F extends Stage["family"]> = Extract<Stage, { family: F }>;

/** Attributes a stage answers for. */
export function attributesOf(stage: Stage): string[] {
  if (stage.family === "values") return Object.keys(stage.attributes);
  return stage.family === "characters" ? ["plate"] : [];
}
