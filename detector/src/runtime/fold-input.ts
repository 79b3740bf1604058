import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { isNeutral, type ModelInput } from "@mingcha/models/onnx";
import { elementType, graphField, modelField, type OnnxFile, readInput, readOnnx } from "./fold-graph.ts";
import { byteInput, fixedDim, floatsAttribute, intAttribute, intsAttribute, node } from "./fold-write.ts";

/**
 * `folded`: the file with its new first nodes, and the input it now has. `none`: it takes bytes already. `left`: it cannot be done, and why;
 * the same file works through tables in JavaScript.
 */
export type Folding =
  | { kind: "folded"; bytes: Uint8Array; input: ModelInput }
  | { kind: "none" }
  | { kind: "left"; reason: string };

const left = (en: string, zh: string): Folding => ({ kind: "left", reason: `${en} · ${zh}` });

/** Numpy broadcasting of Mul and Add, and Cast to a number, came with operator set 7 (onnx/docs/Changelog.md). */
const opsetMin = 7;

/** Nodes from `pixels` (uint8 NHWC) to what the graph was fed so far, under its old name. */
function firstNodes(pixels: string, input: ModelInput): Uint8Array[] {
  const steps: { op: string; constant?: Uint8Array; attributes?: Uint8Array[] }[] = [];
  if (input.layout === "NCHW") steps.push({ op: "Transpose", attributes: [intsAttribute("perm", [0, 3, 1, 2])] });
  if (input.dtype === "float32") steps.push({ op: "Cast", attributes: [intAttribute("to", elementType.float32)] });
  if (!isNeutral(input)) {
    const { scale, mean, std } = input;
    const perChannel = (values: number[]): Uint8Array =>
      new Set(values).size === 1
        ? floatsAttribute([], values.slice(0, 1))
        : floatsAttribute(input.layout === "NCHW" ? [1, 3, 1, 1] : [3], values);
    steps.push({ op: "Mul", constant: perChannel(std.map((s) => scale / s)) });
    if (mean.some((m) => m !== 0))
      steps.push({ op: "Add", constant: perChannel(mean.map((m, channel) => -m / (std[channel] ?? 1))) });
  }
  const nodes: Uint8Array[] = [];
  let from = pixels;
  steps.forEach(({ op, constant, attributes = [] }, i) => {
    const to = i === steps.length - 1 ? input.name : `${pixels}_${i + 1}`;
    const factor = `${pixels}_factor_${i + 1}`;
    if (constant !== undefined) nodes.push(node("Constant", [], factor, constant));
    nodes.push(node(op, constant === undefined ? [from] : [from, factor], to, ...attributes));
    from = to;
  });
  return nodes;
}

/** The file with another input and nodes before its first; every other field is copied byte for byte. */
function rewrite(file: OnnxFile, nodes: readonly Uint8Array[], replaced: Uint8Array, input: Uint8Array): Uint8Array {
  const graph = new BinaryWriter();
  for (const one of nodes) graph.tag(graphField.node, WireType.LengthDelimited).bytes(one);
  for (const field of file.graph)
    if (field.body === replaced) graph.tag(field.no, WireType.LengthDelimited).bytes(input);
    else graph.raw(field.whole);
  const graphBytes = graph.finish();
  const model = new BinaryWriter();
  for (const field of file.model)
    if (field.no === modelField.graph) model.tag(field.no, WireType.LengthDelimited).bytes(graphBytes);
    else model.raw(field.whole);
  return model.finish();
}

/** A name no value of the file has: its text does not occur in it at all. */
function freeName(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let name = "pixels_nhwc";
  while (text.includes(name)) name += "_";
  return name;
}

/**
 * Prepends to an ONNX graph what turns the bytes of a frame (rgb24 or bgr24, uint8 [N, height, width, 3]) into the input its manifest
 * describes: Transpose, Cast, Mul, Add. Frames then go from ffmpeg to the model without a loop in JavaScript.
 */
export function foldInput(bytes: Uint8Array, input: ModelInput): Folding {
  if (input.layout === "NHWC" && input.dtype === "uint8") return { kind: "none" };
  const file = readOnnx(bytes);
  if (file === undefined) return left("the file is not one ONNX graph", "文件不是单个 ONNX 图");
  if (file.hasExternalData) return left("its weights lie in another file", "权重存放在另一个文件中");
  if (file.opset === undefined || file.opset < opsetMin)
    return left(
      `operator set ${file.opset ?? "?"}, ${opsetMin} is needed`,
      `算子集版本为 ${file.opset ?? "?"}，需要 ${opsetMin}`,
    );
  const value = file.graph.find((field) => field.no === graphField.input && readInput(field.body).name === input.name);
  if (value === undefined || file.initializers.has(input.name))
    return left(`"${input.name}" is no input of its own`, `“${input.name}”不是独立输入`);
  const declared = readInput(value.body);
  const [batch, ...sizes] = declared.dims;
  const wanted = input.layout === "NCHW" ? [3, input.height, input.width] : [input.height, input.width, 3];
  const fits =
    sizes.length === 3 && sizes.every(({ size }, i) => size === undefined || size <= 0 || size === wanted[i]);
  if (batch === undefined || !fits || declared.elementType !== elementType[input.dtype])
    return left("its input is not what its manifest says", "输入与说明文件不符");
  const pixels = freeName(bytes);
  const dims = [batch.body, fixedDim(input.height), fixedDim(input.width), fixedDim(3)];
  return {
    kind: "folded",
    bytes: rewrite(file, firstNodes(pixels, input), value.body, byteInput(pixels, dims)),
    input: { ...input, name: pixels, layout: "NHWC", dtype: "uint8", scale: 1, mean: [0, 0, 0], std: [1, 1, 1] },
  };
}
