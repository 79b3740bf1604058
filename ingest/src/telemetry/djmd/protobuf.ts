import { viewOf } from "../bytes.ts";

/** A field of a protobuf message as it lies on the wire: number, double, float, or bytes (a message, a text). */
export type Field = { readonly number: number } | { readonly bytes: Uint8Array };

/** A message of a camera holds some dozen fields. */
const fieldsMax = 2_000;

/** A variable-length integer as a signed 64-bit number. Up to seven bytes are plain arithmetic; longer ones are negative, or broken. */
function varint(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 7; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, next: at + i + 1 };
    scale *= 128;
  }
  let long = BigInt(value);
  for (let i = 7; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    long |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return { value: Number(BigInt.asIntN(64, long)), next: at + i + 1 };
  }
  return null;
}

/** Fields of one message, the last of each number counting (protobuf encoding guide); null where the bytes are no message. */
export function fieldsOf(bytes: Uint8Array): Map<number, Field> | null {
  const fields = new Map<number, Field>();
  const view = viewOf(bytes);
  for (let at = 0, count = 0; at < bytes.length; count++) {
    const key = varint(bytes, at);
    if (key === null || key.value < 8 || key.value > 0xffffffff || count > fieldsMax) return null;
    at = key.next;
    const number = Math.floor(key.value / 8);
    const wire = key.value % 8;
    if (wire === 0) {
      const read = varint(bytes, at);
      if (read === null) return null;
      fields.set(number, { number: read.value });
      at = read.next;
    } else if (wire === 1 || wire === 5) {
      const size = wire === 1 ? 8 : 4;
      if (at + size > bytes.length) return null;
      fields.set(number, { number: wire === 1 ? view.getFloat64(at, true) : view.getFloat32(at, true) });
      at += size;
    } else if (wire === 2) {
      const length = varint(bytes, at);
      if (length === null || length.value < 0 || length.next + length.value > bytes.length) return null;
      const end = length.next + length.value;
      fields.set(number, { bytes: bytes.subarray(length.next, end) });
      at = end;
    } else return null;
  }
  return fields;
}

/** A message within a message; undefined where it is not there or is none. */
export function messageIn(
  message: ReadonlyMap<number, Field> | undefined,
  field: number,
): ReadonlyMap<number, Field> | undefined {
  const value = message?.get(field);
  return value !== undefined && "bytes" in value ? (fieldsOf(value.bytes) ?? undefined) : undefined;
}

/** A number in a message that is there: what is missing is 0, by protobuf's rules. */
export function numberIn(message: ReadonlyMap<number, Field>, field: number): number {
  const value = message.get(field);
  return value !== undefined && "number" in value && Number.isFinite(value.number) ? value.number : 0;
}
