/** Builders of ONNX files for tests (onnx.proto), without the code they test. */

/** Protocol-buffer fields: a number as varint, bytes or text as length-delimited. */
export function field(id: number, value: number | string | Buffer): Buffer {
  const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))]);
  if (typeof value === "number") return Buffer.from([...varint(id * 8), ...varint(value)]);
  const bytes = Buffer.from(value as string);
  return Buffer.concat([Buffer.from([...varint(id * 8 + 2), ...varint(bytes.length)]), bytes]);
}
export const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields);

export const float32 = 1;
export const uint8 = 2;

/** A graph input or output; a dimension given by name is symbolic. */
export const value = (name: string, type: number, dims: readonly (number | string)[]): Buffer => {
  const shape = message(...dims.map((d) => field(1, message(typeof d === "number" ? field(1, d) : field(2, d)))));
  return message(field(1, name), field(2, message(field(1, message(field(1, type), field(2, shape))))));
};
export const tensor = (name: string, dims: readonly number[], data: Float32Array): Buffer =>
  message(...dims.map((d) => field(1, d)), field(2, float32), field(8, name), field(9, Buffer.from(data.buffer)));
export const node = (op: string, inputs: readonly string[], output: string, ...attributes: Buffer[]): Buffer =>
  message(...inputs.map((i) => field(1, i)), field(2, output), field(4, op), ...attributes.map((a) => field(5, a)));
export const attribute = (name: string, i: number): Buffer => message(field(1, name), field(3, i), field(20, 2));

/** A whole file out of finished messages, in the order the format's own writers use. */
export const onnxFile = (
  parts: { nodes: Buffer[]; initializers?: Buffer[]; inputs: Buffer[]; outputs: Buffer[] },
  { irVersion = 8, opset = 13, more = [] }: { irVersion?: number; opset?: number; more?: Buffer[] } = {},
): Buffer => {
  const graph = message(
    ...parts.nodes.map((part) => field(1, part)),
    field(2, "tiny"),
    ...(parts.initializers ?? []).map((part) => field(5, part)),
    ...parts.inputs.map((part) => field(11, part)),
    ...parts.outputs.map((part) => field(12, part)),
  );
  return message(field(1, irVersion), field(7, graph), field(8, message(field(1, ""), field(2, opset))), ...more);
};
