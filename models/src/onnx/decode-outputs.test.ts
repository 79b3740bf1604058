import { describe, expect, test } from "vitest";
import { decodeOutputs } from "./decode-outputs.ts";
import type { DecodedBox } from "./decoded-box.ts";
import { type Manifest, manifestSchema } from "./manifest.ts";

const common = {
  id: "made-up",
  title: "made up",
  file: "made-up.onnx",
  sha256: "0".repeat(64),
  bytes: 1,
  licence: "MIT",
  origin: "made by a test",
  input: {
    name: "images",
    width: 64,
    height: 32,
    layout: "NCHW",
    dtype: "float32",
    channels: "RGB",
    resize: { mode: "stretch" },
  },
  labels: ["crate", "car"],
  roles: { crate: "goods", car: "car" },
  scoreThreshold: 0.3,
} as const;
const read = (head: object): Manifest => manifestSchema.parse({ ...common, ...head });

const edges = ({ classId, score, x1, y1, x2, y2 }: DecodedBox): number[] =>
  [classId, score, x1, y1, x2, y2].map((value) => Math.round(value * 1e4) / 1e4);
function boxesOf(manifest: Manifest, outputs: Record<string, unknown>): number[][] {
  const decoded = decodeOutputs(manifest, outputs);
  if (decoded.kind === "bad") throw new Error(decoded.text);
  return decoded.boxes.map(edges);
}
const refusalOf = (manifest: Manifest, outputs: Record<string, unknown>): string => {
  const decoded = decodeOutputs(manifest, outputs);
  return decoded.kind === "bad" ? decoded.text : "read";
};
const logit = (share: number): number => Math.log(share / (1 - share));

describe("NanoDet", () => {
  const head = { family: "nanodet", strides: [16, 32], bins: 8, nmsIou: 0.6 } as const;
  const outputs = { scores: ["s16", "s32"], distances: ["d16", "d32"] };
  const cells = [4 * 2, 2 * 1];

  /** A distribution whose mean is `distance` strides: the two bins around it. */
  function writeDistance(into: Float32Array, at: number, distance: number): void {
    const low = Math.floor(distance);
    into.fill(-100, at, at + 8);
    const above = distance - low;
    into[at + low] = Math.log(Math.max(1 - above, 1e-30));
    if (above > 0) into[at + low + 1] = Math.log(above);
  }
  function split() {
    const data = {
      s16: new Float32Array((cells[0] as number) * 2),
      s32: new Float32Array((cells[1] as number) * 2),
      d16: new Float32Array((cells[0] as number) * 32),
      d32: new Float32Array((cells[1] as number) * 32),
    };
    // Cell 5 of stride 16 is column 1, line 1; cell 1 of stride 32 is column 1.
    data.s16.set([0.1, 0.8], 5 * 2);
    [0.5, 0.25, 1, 0.75].forEach((distance, side) => {
      writeDistance(data.d16, 5 * 32 + side * 8, distance);
    });
    data.s32.set([0.4, 0.2], 2);
    [1.25, 1, 1, 0.5].forEach((distance, side) => {
      writeDistance(data.d32, 32 + side * 8, distance);
    });
    return data;
  }

  // The first box begins 8 px left and 4 px above its point and ends 16 px right and 12 px below; both are cut at the edges of the input.
  test.each([
    ["corner", [8, 12, 32, 28], [0, 0, 64, 16]],
    ["middle", [16, 20, 40, 32], [8, 0, 64, 32]],
    ["pixel_middle", [15.5, 19.5, 39.5, 32], [7.5, 0, 64, 31.5]],
  ] as const)("distances count from the %s of a cell, in strides", (cellPoint, first, second) => {
    const found = boxesOf(read({ ...head, outputs, cellPoint }), split());
    expect(found).toEqual([
      [1, 0.8, ...first],
      [0, 0.4, ...second],
    ]);
  });

  test("the joined form gives the same boxes, with logits too", () => {
    const { s16, s32, d16, d32 } = split();
    const joined = new Float32Array(10 * 34);
    for (let cell = 0; cell < 10; cell++) {
      const [scores, distances, at] = cell < 8 ? [s16, d16, cell] : [s32, d32, cell - 8];
      const shares = scores.subarray(at * 2, at * 2 + 2);
      joined.set(
        shares.map((share) => Math.max(-20, logit(share))),
        cell * 34,
      );
      joined.set(distances.subarray(at * 32, at * 32 + 32), cell * 34 + 2);
    }
    const manifest = read({ ...head, outputs: { joined: "output" }, cellPoint: "corner", activation: "sigmoid" });
    expect(boxesOf(manifest, { output: joined })).toEqual(
      boxesOf(read({ ...head, outputs, cellPoint: "corner" }), split()),
    );
  });

  test("another number of score outputs than strides is refused by the manifest", () => {
    expect(() => read({ ...head, outputs: { scores: ["s16"], distances: ["d16"] }, cellPoint: "corner" })).toThrow(
      "strides",
    );
  });
});

describe("DETR", () => {
  const outputs = { labels: "labels", boxes: "boxes", scores: "scores" };
  const scores = Float32Array.of(0.5, 0.9);

  test.each([
    ["64-bit", BigInt64Array.of(2n, 1n)],
    ["32-bit", Int32Array.of(2, 1)],
    ["float", Float32Array.of(2, 1)],
  ])("class numbers may be %s, and begin at one", (_kind, labels) => {
    const manifest = read({ family: "detr", outputs, firstClassId: 1, boxFormat: "yxyx", boxUnit: "input_share" });
    const boxes = Float32Array.of(0.25, 0.5, 0.5, 1, 0, 0, 1, 0.25);
    expect(boxesOf(manifest, { labels, boxes, scores })).toEqual([
      [0, 0.9, 0, 0, 16, 32],
      [1, 0.5, 32, 8, 64, 16],
    ]);
  });

  test("logits are read pair by pair, and no more are kept than there are queries", () => {
    const manifest = read({
      family: "detr_logits",
      outputs: { logits: "logits", boxes: "boxes" },
      activation: "sigmoid",
    });
    const logits = Float32Array.of(logit(0.4), logit(0.7), logit(0.6), logit(0.1));
    const boxes = Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.25, 0.5, 0.5, 1);
    expect(boxesOf(manifest, { logits, boxes })).toEqual([
      [1, 0.7, 16, 8, 48, 24],
      [0, 0.6, 0, 0, 32, 32],
    ]);
  });

  test("with softmax the last class means nothing is there", () => {
    const manifest = read({
      family: "detr_logits",
      outputs: { logits: "logits", boxes: "boxes" },
      activation: "softmax",
    });
    const logits = Float32Array.of(Math.log(0.2), Math.log(0.7), Math.log(0.1), 0, 1, 9);
    const boxes = Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 1);
    expect(boxesOf(manifest, { logits, boxes })).toEqual([[1, 0.7, 16, 8, 48, 24]]);
  });
});

describe("SSD", () => {
  const outputs = { boxes: "boxes", scores: "scores" };

  test("decoded boxes lose their background column and their duplicates, class by class", () => {
    const manifest = read({ family: "ssd", outputs, backgroundId: 0, nmsIou: 0.5 });
    const boxes = Float32Array.of(0, 0, 10, 10, 1, 0, 11, 10, 30, 0, 40, 10);
    const scores = Float32Array.of(0.05, 0.8, 0.35, 0.1, 0.6, 0.1, 0.9, 0, 0.05);
    expect(boxesOf(manifest, { boxes, scores })).toEqual([
      [0, 0.8, 0, 0, 10, 10],
      [1, 0.35, 0, 0, 10, 10],
    ]);
  });

  const priors = {
    boxes: [
      {
        columns: 2,
        rows: 1,
        sizes: [
          [0.5, 0.5],
          [0.25, 1],
        ],
      },
    ],
  };

  test("offsets move and stretch the default box of their cell, in the order of the grid", () => {
    const manifest = read({ family: "ssd", outputs, priors, activation: "softmax", backgroundId: 2, nmsIou: 0.5 });
    const boxes = new Float32Array(16);
    // Third box: first size of the second cell, centre (0.75, 0.5), moved by a tenth of its size, twice as wide.
    boxes.set([1, -1, Math.log(2) / 0.2, 0], 8);
    const scores = new Float32Array(12).fill(Math.log(0.1));
    for (let i = 0; i < 4; i++) scores[i * 3 + 2] = 0;
    scores.set([Math.log(0.2), Math.log(0.7), Math.log(0.1)], 6);
    // Centre 0.75 + 1 × 0.1 × 0.5 = 0.8 of 64 px, 0.5 − 0.05 = 0.45 of 32 px; 1 × 64 px wide, 0.5 × 32 px high.
    expect(boxesOf(manifest, { boxes, scores })).toEqual([[1, 0.7, 19.2, 6.4, 83.2, 22.4]]);
    const swapped = read({
      family: "ssd",
      outputs,
      priors: { ...priors, order: "yxhw" },
      activation: "softmax",
      backgroundId: 2,
      nmsIou: 0.5,
    });
    boxes.set([-1, 1, 0, Math.log(2) / 0.2], 8);
    expect(boxesOf(swapped, { boxes, scores })).toEqual([[1, 0.7, 19.2, 6.4, 83.2, 22.4]]);
  });

  test("another number of boxes than default boxes is refused", () => {
    const manifest = read({ family: "ssd", outputs, priors, nmsIou: 0.5 });
    const text = refusalOf(manifest, { boxes: new Float32Array(12), scores: new Float32Array(6) });
    expect(text).toContain("3 boxes, 4 default boxes");
  });
});

describe("outputs that cannot be used give one sentence in both languages", () => {
  const manifest = read({ family: "detr", outputs: { labels: "labels", boxes: "boxes", scores: "scores" } });
  const good = { labels: Int32Array.of(0), boxes: Float32Array.of(0, 0, 1, 1), scores: Float32Array.of(1) };

  test.each([
    ["a wrong type", { ...good, scores: Float64Array.of(1) }, "not float32", "不是 float32"],
    ["no class numbers", { ...good, labels: ["car"] }, "no class numbers", "不是类别编号"],
    ["NaN", { ...good, scores: Float32Array.of(Number.NaN) }, "not finite", "非有限数"],
    ["infinity", { ...good, boxes: Float32Array.of(0, 0, Number.POSITIVE_INFINITY, 1) }, "not finite", "非有限数"],
    ["lengths that differ", { ...good, labels: Int32Array.of(0, 1) }, "2 labels, 4 edges, 1 scores", "互不相符"],
  ])("%s", (_what, outputs, en, zh) => {
    const text = refusalOf(manifest, outputs);
    expect(text).toContain(en);
    expect(text).toContain(zh);
    expect(text).not.toContain("\n");
  });

  test("at load every number is looked at, on every look one of each row", () => {
    const yolox = read({ family: "yolox", outputs: { predictions: "output" }, strides: [32], nmsIou: 0.5 });
    const output = new Float32Array(2 * 7);
    output[6] = Number.NaN;
    expect(decodeOutputs(yolox, { output }).kind).toBe("ok");
    expect(decodeOutputs(yolox, { output }, { isThorough: true }).kind).toBe("bad");
    output[4] = Number.NaN;
    expect(decodeOutputs(yolox, { output }).kind).toBe("bad");
  });
});

test("a uint8 input with a scale is refused: the bytes would pass unchanged", () => {
  const input = { ...common.input, dtype: "uint8", scale: 1 / 255 };
  expect(() => read({ family: "ssd", outputs: { boxes: "b", scores: "s" }, nmsIou: 0.5, input })).toThrow("uint8");
});
