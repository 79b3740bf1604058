import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import {
  attributeField,
  attributeType,
  dimField,
  elementType,
  nodeField,
  shapeField,
  tensorField,
  tensorTypeField,
  typeField,
  valueField,
} from "./fold-graph.ts";

/** Builders of the few ONNX messages folding adds: a writer in, the finished message out. */

type Part = (writer: BinaryWriter) => void;

const message = (...parts: Part[]): Uint8Array => {
  const writer = new BinaryWriter();
  for (const part of parts) part(writer);
  return writer.finish();
};
export const bytesField =
  (no: number, body: Uint8Array): Part =>
  (writer) =>
    writer.tag(no, WireType.LengthDelimited).bytes(body);
const text =
  (no: number, value: string): Part =>
  (writer) =>
    writer.tag(no, WireType.LengthDelimited).string(value);
const int =
  (no: number, value: number): Part =>
  (writer) =>
    writer.tag(no, WireType.Varint).int64(value);

export const intAttribute = (name: string, value: number): Uint8Array =>
  message(text(attributeField.name, name), int(attributeField.i, value), int(attributeField.type, attributeType.int));

export const intsAttribute = (name: string, values: readonly number[]): Uint8Array =>
  message(
    text(attributeField.name, name),
    ...values.map((value) => int(attributeField.ints, value)),
    int(attributeField.type, attributeType.ints),
  );

/** Attribute `value` of a Constant: float32 numbers, little-endian as the format wants them. */
export function floatsAttribute(dims: readonly number[], values: readonly number[]): Uint8Array {
  const raw = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => {
    raw.setFloat32(i * 4, value, true);
  });
  const tensor = message(
    ...dims.map((dim) => int(tensorField.dims, dim)),
    int(tensorField.dataType, elementType.float32),
    bytesField(tensorField.rawData, new Uint8Array(raw.buffer)),
  );
  return message(
    text(attributeField.name, "value"),
    bytesField(attributeField.t, tensor),
    int(attributeField.type, attributeType.tensor),
  );
}

export const node = (
  opType: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Uint8Array[]
): Uint8Array =>
  message(
    ...inputs.map((input) => text(nodeField.input, input)),
    text(nodeField.output, output),
    text(nodeField.opType, opType),
    ...attributes.map((attribute) => bytesField(nodeField.attribute, attribute)),
  );

export const fixedDim = (size: number): Uint8Array => message(int(dimField.value, size));

/** A graph input of uint8 with dimensions given as messages. */
export const byteInput = (name: string, dims: readonly Uint8Array[]): Uint8Array => {
  const shape = message(...dims.map((dim) => bytesField(shapeField.dim, dim)));
  const tensorType = message(
    int(tensorTypeField.elemType, elementType.uint8),
    bytesField(tensorTypeField.shape, shape),
  );
  const type = message(bytesField(typeField.tensor, tensorType));
  return message(text(valueField.name, name), bytesField(valueField.type, type));
};
