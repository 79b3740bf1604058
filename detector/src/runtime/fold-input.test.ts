import type { ModelInput } from "@mingcha/models/onnx";
import { describe, expect, test } from "vitest";
import { field, float32, message, node, onnxFile, tensor, uint8, value } from "../testing/tiny-graph.ts";
import { elementType, graphField, modelField, readFields, readInput, readOnnx } from "./fold-graph.ts";
import { foldInput } from "./fold-input.ts";

const input: ModelInput = {
  name: "images",
  width: 4,
  height: 2,
  layout: "NCHW",
  dtype: "float32",
  channels: "BGR",
  resize: { mode: "stretch" },
  scale: 1 / 255,
  mean: [0, 0, 0],
  std: [1, 1, 1],
};
const weights = tensor("weights", [3], Float32Array.of(1, 2, 3));
const parts = {
  nodes: [node("Identity", ["images"], "seen")],
  initializers: [weights],
  inputs: [value("images", float32, ["N", 3, 2, 4])],
  outputs: [value("seen", float32, ["N", 3, 2, 4])],
};
const reasonOf = (bytes: Buffer, given: ModelInput = input): string => {
  const folding = foldInput(bytes, given);
  return folding.kind === "left" ? folding.reason : folding.kind;
};

describe("folding", () => {
  test("changes the input and adds nodes; every other byte stays, fields unknown to it included", () => {
    const unknown = message(field(99, "of a later version"), field(15, 7));
    const file = onnxFile(parts, { more: [field(25, unknown), field(99, "x")] });
    const folding = foldInput(file, input);
    if (folding.kind !== "folded") throw new Error(reasonOf(file));
    const before = readFields(file);
    const after = readFields(folding.bytes);
    const outside = (fields: typeof before) => fields.filter((f) => f.no !== modelField.graph).map((f) => [...f.whole]);
    expect(outside(after)).toEqual(outside(before));
    const graphOf = (fields: typeof before) =>
      readFields(fields.find((f) => f.no === modelField.graph)?.body ?? new Uint8Array());
    const added = graphOf(after).length - graphOf(before).length;
    expect(added).toBe(4); // Transpose, Cast, Constant, Mul
    const kept = graphOf(after).slice(added);
    graphOf(before).forEach((one, i) => {
      if (one.no !== graphField.input) expect([...(kept[i]?.whole ?? [])]).toEqual([...one.whole]);
    });
  });

  test("keeps the batch as it was and fixes the size to the manifest's", () => {
    const open = { ...parts, inputs: [value("images", float32, ["N", 3, "height", "width"])] };
    const folding = foldInput(onnxFile(open), input);
    if (folding.kind !== "folded") throw new Error("not folded");
    const graph = readOnnx(folding.bytes)?.graph.find((f) => f.no === graphField.input);
    const read = readInput(graph?.body ?? new Uint8Array());
    expect(read.name).toBe(folding.input.name);
    expect(read.elementType).toBe(elementType.uint8);
    expect(read.dims.map((dim) => dim.size)).toEqual([undefined, 2, 4, 3]);
    expect(folding.input).toMatchObject({ layout: "NHWC", dtype: "uint8", channels: "BGR", scale: 1 });
  });

  test("takes names that occur nowhere in the file", () => {
    const taken = { ...parts, nodes: [node("Identity", ["images"], "pixels_nhwc_1"), ...parts.nodes] };
    const file = onnxFile(taken);
    const folding = foldInput(file, input);
    if (folding.kind !== "folded") throw new Error("not folded");
    expect(file.includes(folding.input.name)).toBe(false);
  });

  test("is not needed where the model takes bytes", () => {
    expect(foldInput(onnxFile(parts), { ...input, layout: "NHWC", dtype: "uint8", scale: 1 })).toEqual({
      kind: "none",
    });
  });
});

describe("a file that cannot be folded is left as it is, with the reason", () => {
  test("no protocol buffer, a cut one, two graphs", () => {
    expect(reasonOf(Buffer.alloc(64, 0xff))).toContain("not one ONNX graph");
    expect(reasonOf(onnxFile(parts).subarray(0, 60))).toContain("not one ONNX graph");
    expect(reasonOf(Buffer.concat([onnxFile(parts), onnxFile(parts)]))).toContain("not one ONNX graph");
  });

  test("an operator set without broadcasting", () => {
    expect(reasonOf(onnxFile(parts, { opset: 6 }))).toContain("operator set 6");
    expect(reasonOf(onnxFile(parts, { opset: 7 }))).toBe("folded");
  });

  test("weights in another file, in an initializer or a constant", () => {
    const elsewhere = message(weights, field(14, 1));
    expect(reasonOf(onnxFile({ ...parts, initializers: [elsewhere] }))).toContain("another file");
    const constant = node("Constant", [], "far", message(field(1, "value"), field(5, elsewhere), field(20, 4)));
    expect(reasonOf(onnxFile({ ...parts, nodes: [constant, ...parts.nodes] }))).toContain("another file");
  });

  test("an input of another name, type or size than the manifest's", () => {
    expect(reasonOf(onnxFile(parts), { ...input, name: "image" })).toContain("no input of its own");
    const bytes = { ...parts, inputs: [value("images", uint8, [1, 3, 2, 4])] };
    expect(reasonOf(onnxFile(bytes))).toContain("not what its manifest says");
    expect(reasonOf(onnxFile(parts), { ...input, width: 5 })).toContain("not what its manifest says");
  });

  test("an input that is a weight", () => {
    const shadowed = { ...parts, initializers: [tensor("images", [1, 3, 2, 4], new Float32Array(24))] };
    expect(reasonOf(onnxFile(shadowed))).toContain("no input of its own");
  });
});
