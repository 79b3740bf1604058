import { viewOf } from "../bytes.ts";

/** A field of a protobuf message as it lies on the wire: number, double, float, or bytes (a message, a text). */
export type Field = { readonly number: number } | { readonly bytes: Uint8Array };

/** A message of a camera holds some dozen fields. */
const fieldsMax = 2_000;

function varint(bytes: Uint8Array, at: number): { value: bigint; next: number } | null {
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return { value: BigInt.asIntN(64, value), next: at + i + 1 };
  }
  return null;
}

/** Fields of one message, the last of each number counting (protobuf encoding guide); null where the bytes are no message. */
export function fieldsOf(bytes: Uint8Array): Map<number, Field> | null {
  const fields = new Map<number, Field>();
  const view = viewOf(bytes);
  for (let at = 0, count = 0; at < bytes.length; count++) {
    const key = varint(bytes, at);
    if (key === null || key.value < 8n || key.value > 0xffffffffn || count > fieldsMax) return null;
    at = key.next;
    const number = Number(key.value >> 3n);
    const wire = Number(key.value & 7n);
    if (wire === 0) {
      const read = varint(bytes, at);
      if (read === null) return null;
      fields.set(number, { number: Number(read.value) });
      at = read.next;
    } else if (wire === 1 || wire === 5) {
      const size = wire === 1 ? 8 : 4;
      if (at + size > bytes.length) return null;
      fields.set(number, { number: wire === 1 ? view.getFloat64(at, true) : view.getFloat32(at, true) });
      at += size;
    } else if (wire === 2) {
      const length = varint(bytes, at);
      if (length === null || length.value < 0n || length.next + Number(length.value) > bytes.length) return null;
      const end = length.next + Number(length.value);
      fields.set(number, { bytes: bytes.subarray(length.next, end) });
      at = end;
    } else return null;
  }
  return fields;
}

/** A message reached by field numbers; undefined where it is not there. */
export function messageAt(bytes: Uint8Array, path: readonly number[]): Map<number, Field> | undefined {
  let fields = fieldsOf(bytes);
  for (const number of path) {
    const field = fields?.get(number);
    if (field === undefined || !("bytes" in field)) return undefined;
    fields = fieldsOf(field.bytes);
  }
  return fields ?? undefined;
}

/** A number in a message that is there: what is missing is 0, by protobuf's rules. */
export function numberIn(message: ReadonlyMap<number, Field>, field: number): number {
  const value = message.get(field);
  return value !== undefined && "number" in value && Number.isFinite(value.number) ? value.number : 0;
}
