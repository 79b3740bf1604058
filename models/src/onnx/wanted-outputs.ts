import { nanodetCells } from "./decode-nanodet.ts";
import { yoloxRowCount } from "./decode-yolox.ts";
import type { Manifest } from "./manifest.ts";

/** One output a model must have. */
export type WantedOutput = {
  name: string;
  /** Numbers are float32; class numbers may be of any type. */
  holds: "numbers" | "classes";
  /** Numbers for one picture where the manifest fixes them. */
  count?: number;
  /** Which numbers of it show that a model broke, where looking at all of them on every look would cost: one of each row. */
  sampled?: { first: number; every: number };
};

/** Outputs of a model as its manifest promises them. */
export function wantedOutputs(manifest: Manifest): WantedOutput[] {
  const { labels, input } = manifest;
  switch (manifest.family) {
    case "yolox": {
      const width = 5 + labels.length;
      const rows = yoloxRowCount({ inputWidth: input.width, inputHeight: input.height, strides: manifest.strides });
      const { predictions } = manifest.outputs;
      return [{ name: predictions, holds: "numbers", count: rows * width, sampled: { first: 4, every: width } }];
    }
    case "nanodet": {
      const cells = nanodetCells(manifest);
      const sides = 4 * manifest.bins;
      if ("joined" in manifest.outputs) {
        const width = labels.length + sides;
        const count = cells.reduce((sum, n) => sum + n, 0) * width;
        return [{ name: manifest.outputs.joined, holds: "numbers", count, sampled: { first: 0, every: width } }];
      }
      const { scores, distances } = manifest.outputs;
      const of = (names: string[], width: number): WantedOutput[] =>
        names.map((name, i) => ({
          name,
          holds: "numbers",
          count: (cells[i] ?? 0) * width,
          sampled: { first: 0, every: width },
        }));
      return [...of(scores, labels.length), ...of(distances, sides)];
    }
    case "detr": {
      const { labels: classes, boxes, scores } = manifest.outputs;
      return [
        { name: classes, holds: "classes" },
        { name: boxes, holds: "numbers" },
        { name: scores, holds: "numbers" },
      ];
    }
    case "detr_logits":
      return Object.values(manifest.outputs).map((name) => ({ name, holds: "numbers" }));
    case "ssd": {
      const columns = labels.length + (manifest.backgroundId === undefined ? 0 : 1);
      const { boxes, scores } = manifest.outputs;
      return [
        { name: boxes, holds: "numbers" },
        { name: scores, holds: "numbers", sampled: { first: 0, every: columns } },
      ];
    }
  }
}
