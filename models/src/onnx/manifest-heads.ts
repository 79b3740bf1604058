import { z } from "zod";
import { positiveInt } from "./manifest-input.ts";

/** What a model gives back, as data: one member a family of heads, each with its decoder in `decode-<family>.ts`. */

const output = z.string().min(1);
const share = z.number().min(0).max(1);
const variances = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** How four numbers mean a box, and what one unit of them is: a pixel of the model input, or all of the input. */
const boxFormat = z.enum(["xyxy", "yxyx", "cxcywh"]);
const boxUnit = z.enum(["input_px", "input_share"]);

/** [1, N, 5 + labels]: cx, cy, w, h relative to the grid, objectness, classes; scores already 0..1. arXiv 2107.08430. */
export const yoloxHead = {
  family: z.literal("yolox"),
  outputs: z.strictObject({ predictions: output }),
  strides: z.array(positiveInt).min(1),
  nmsIou: share,
};

/**
 * NanoDet and NanoDet-Plus: class scores [1, cells, labels] and distance distributions [1, cells, 4 × bins] for each stride, or all of it
 * joined as [1, all cells, labels + 4 × bins]. Generalised Focal Loss, arXiv 2006.04388 §3.2; RangiLyu/nanodet, `nanodet_plus_head.py`.
 */
export const nanodetHead = {
  family: z.literal("nanodet"),
  outputs: z.union([
    z.strictObject({ scores: z.array(output).min(1), distances: z.array(output).min(1) }),
    z.strictObject({ joined: output }),
  ]),
  strides: z.array(positiveInt).min(1),
  /** Distances 0 … bins − 1 strides; the projects call bins − 1 `reg_max`. */
  bins: z.int().min(2),
  /** Point of a cell the distances count from: its corner (Plus), its middle, or the middle of its pixels ((stride − 1) ÷ 2). */
  cellPoint: z.enum(["corner", "middle", "pixel_middle"]),
  /** `sigmoid` where the graph gives logits. */
  activation: z.enum(["none", "sigmoid"]).default("none"),
  nmsIou: share,
};

/**
 * Boxes, labels and scores, decoded by the model itself: DETR-style heads exported with their postprocessor (RT-DETR, D-FINE, DEIM) and
 * SSD graphs with suppression inside. `sizeInput` [1, 2] takes width, height the boxes are scaled to: always the model's own input here.
 */
export const detrHead = {
  family: z.literal("detr"),
  sizeInput: z.string().exactOptional(),
  outputs: z.strictObject({ labels: output, boxes: output, scores: output }),
  boxFormat: boxFormat.default("xyxy"),
  boxUnit: boxUnit.default("input_px"),
  /** Class number of the first label: 1 where 0 is the background. */
  firstClassId: z.int().min(0).default(0),
  /** IoU above which two boxes of one label are one thing; DETR rarely needs it. */
  nmsIou: share.exactOptional(),
};

/**
 * The same heads exported without postprocessor: `logits` [1, queries, classes], `boxes` [1, queries, 4]. `sigmoid`: every pair of query and
 * class counts, the best as many as there are queries are kept (RT-DETR, arXiv 2304.08069). `softmax`: one class a query, the last is
 * "no object" (DETR, arXiv 2005.12872).
 */
export const detrLogitsHead = {
  family: z.literal("detr_logits"),
  outputs: z.strictObject({ logits: output, boxes: output }),
  activation: z.enum(["sigmoid", "softmax"]),
  boxFormat: boxFormat.default("cxcywh"),
  boxUnit: boxUnit.default("input_share"),
  nmsIou: share.exactOptional(),
};

/** Default boxes of an SSD, cx cy w h in shares of the input: written out, or one set of sizes for every cell of each grid, row by row. */
const priorsSchema = z.strictObject({
  boxes: z.union([
    z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).min(1),
    z
      .array(
        z.strictObject({
          columns: positiveInt,
          rows: positiveInt,
          /** Width, height of each box of a cell. */
          sizes: z.array(z.tuple([z.number().positive(), z.number().positive()])).min(1),
        }),
      )
      .min(1),
  ]),
  /** Factors of the four offsets: 0.1 0.1 0.2 0.2 in the paper (torchvision writes the inverse, 10 10 5 5). */
  variances: variances.default([0.1, 0.1, 0.2, 0.2]),
  /** Order of the four offsets in the graph. */
  order: z.enum(["xywh", "yxhw"]).default("xywh"),
});

/**
 * SSD (arXiv 1512.02325): `boxes` [N, 4] and `scores` [N, classes], with or without a leading 1. Without `priors` the boxes are decoded and
 * `boxFormat`, `boxUnit` say how; with `priors` they are offsets to these.
 */
export const ssdHead = {
  family: z.literal("ssd"),
  outputs: z.strictObject({ boxes: output, scores: output }),
  boxFormat: boxFormat.default("xyxy"),
  boxUnit: boxUnit.default("input_px"),
  priors: priorsSchema.exactOptional(),
  activation: z.enum(["none", "sigmoid", "softmax"]).default("none"),
  /** Column of the scores that means "nothing"; absent where there is none. */
  backgroundId: z.int().min(0).exactOptional(),
  nmsIou: share,
};

export type BoxFormat = z.infer<typeof boxFormat>;
export type BoxUnit = z.infer<typeof boxUnit>;
export type Priors = z.infer<typeof priorsSchema>;
