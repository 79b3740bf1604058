import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/**
 * Reads of an ONNX file only what folding must know; everything else stays bytes. Field numbers: onnx/onnx.proto, the same in every
 * version of the format.
 */
export const modelField = { irVersion: 1, graph: 7, opsetImport: 8 } as const;
export const graphField = { node: 1, initializer: 5, input: 11 } as const;
export const nodeField = { input: 1, output: 2, opType: 4, attribute: 5 } as const;
export const attributeField = { name: 1, i: 3, t: 5, g: 6, ints: 8, tensors: 10, graphs: 11, type: 20 } as const;
export const attributeType = { int: 2, tensor: 4, ints: 7 } as const;
export const tensorField = { dims: 1, dataType: 2, name: 8, rawData: 9, dataLocation: 14 } as const;
export const valueField = { name: 1, type: 2 } as const;
export const typeField = { tensor: 1 } as const;
export const tensorTypeField = { elemType: 1, shape: 2 } as const;
export const shapeField = { dim: 1 } as const;
export const dimField = { value: 1, param: 2 } as const;
const opsetField = { domain: 1, version: 2 } as const;
export const elementType = { float32: 1, uint8: 2 } as const;

/** One field of a message: its number, its bytes with the tag, its bytes without. */
export type Field = { no: number; wire: WireType; whole: Uint8Array; body: Uint8Array };

/** Fields of a message in the order they are written. Throws where the bytes are no protocol buffer. */
export function readFields(message: Uint8Array): Field[] {
  const reader = new BinaryReader(message);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [no, wire] = reader.tag();
    const valueAt = reader.pos;
    const value = reader.skip(wire, no);
    const body =
      wire === WireType.LengthDelimited ? new BinaryReader(value).bytes() : message.subarray(valueAt, reader.pos);
    fields.push({ no, wire, whole: message.subarray(start, reader.pos), body });
  }
  return fields;
}

const all = (fields: readonly Field[], no: number): Uint8Array[] =>
  fields.filter((field) => field.no === no).map((field) => field.body);
/** The last one counts, as everywhere in protocol buffers. */
const last = (fields: readonly Field[], no: number): Uint8Array | undefined => all(fields, no).at(-1);
const numberOf = (body: Uint8Array | undefined): number | undefined =>
  body === undefined ? undefined : Number(new BinaryReader(body).int64());
const textOf = (body: Uint8Array | undefined): string => (body === undefined ? "" : new TextDecoder().decode(body));

/** A graph input: its dimensions as written, numbers where they are fixed. */
export type GraphInput = {
  name: string;
  elementType: number | undefined;
  dims: { body: Uint8Array; size: number | undefined }[];
};

export function readInput(value: Uint8Array): GraphInput {
  const fields = readFields(value);
  const type = readFields(
    last(readFields(last(fields, valueField.type) ?? new Uint8Array()), typeField.tensor) ?? new Uint8Array(),
  );
  const shape = readFields(last(type, tensorTypeField.shape) ?? new Uint8Array());
  return {
    name: textOf(last(fields, valueField.name)),
    elementType: numberOf(last(type, tensorTypeField.elemType)),
    dims: all(shape, shapeField.dim).map((body) => ({ body, size: numberOf(last(readFields(body), dimField.value)) })),
  };
}

const externalLocation = 1;
const isElsewhere = (tensor: Uint8Array): boolean =>
  numberOf(last(readFields(tensor), tensorField.dataLocation)) === externalLocation;

/** Whether a tensor of the graph, or of a graph inside it, lies in another file. */
function hasExternalData(graph: readonly Field[]): boolean {
  if (all(graph, graphField.initializer).some(isElsewhere)) return true;
  return all(graph, graphField.node).some((node) =>
    all(readFields(node), nodeField.attribute).some((attribute) => {
      const fields = readFields(attribute);
      const tensors = [...all(fields, attributeField.t), ...all(fields, attributeField.tensors)];
      const graphs = [...all(fields, attributeField.g), ...all(fields, attributeField.graphs)];
      return tensors.some(isElsewhere) || graphs.some((inner) => hasExternalData(readFields(inner)));
    }),
  );
}

export type OnnxFile = {
  /** Fields of the model, and of its one graph. */
  model: Field[];
  graph: Field[];
  /** Version of the default operator set. */
  opset: number | undefined;
  initializers: Set<string>;
  hasExternalData: boolean;
};

/** Opens an ONNX file; undefined where it is none, or holds not exactly one graph. */
export function readOnnx(bytes: Uint8Array): OnnxFile | undefined {
  try {
    const model = readFields(bytes);
    const [body, ...others] = all(model, modelField.graph);
    if (body === undefined || others.length > 0) return undefined;
    const graph = readFields(body);
    const opsets = all(model, modelField.opsetImport).map((opset) => readFields(opset));
    const own = opsets.find((opset) => ["", "ai.onnx"].includes(textOf(last(opset, opsetField.domain))));
    return {
      model,
      graph,
      opset: own === undefined ? undefined : numberOf(last(own, opsetField.version)),
      initializers: new Set(
        all(graph, graphField.initializer).map((tensor) => textOf(last(readFields(tensor), tensorField.name))),
      ),
      hasExternalData: hasExternalData(graph),
    };
  } catch {
    return undefined;
  }
}
