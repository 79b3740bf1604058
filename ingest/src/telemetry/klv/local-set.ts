import { viewOf } from "../bytes.ts";

/** UL key of a UAS Datalink Local Set (MISB ST 0601), 16 bytes. */
export const st0601Key = Uint8Array.from([6, 14, 43, 52, 2, 11, 1, 1, 14, 1, 3, 1, 1, 0, 0, 0]);
/** UL keys of the universal sets of ST 0104: same first eight bytes but for the registry. */
export const st0104Key = Uint8Array.from([6, 14, 43, 52, 2, 1, 1, 1, 14, 1, 1, 2, 1, 1, 0, 0]);

/** A packet holds some hundred bytes; nothing near this. */
const packetBytesMax = 65_536;

/** Length in BER: short form, or up to four bytes that follow (SMPTE ST 336). */
function berLength(bytes: Uint8Array, at: number): { length: number; next: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first < 128) return { length: first, next: at + 1 };
  const count = first & 127;
  if (count === 0 || count > 4 || at + count >= bytes.length) return null;
  let length = 0;
  for (let i = 1; i <= count; i++) length = length * 256 + (bytes[at + i] as number);
  return { length, next: at + 1 + count };
}

export type Packet =
  | { readonly kind: "st0601"; readonly items: ReadonlyMap<number, Uint8Array> }
  | { readonly kind: "bad_checksum" | "cut_off" | "st0104" };

function startsWith(bytes: Uint8Array, key: Uint8Array, at: number): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key[i]) return false;
  return true;
}

/** Finds the packets in a stretch of bytes, wherever they begin: a file that was cut in the middle of a key goes on at the next one. */
export function* packetsOf(bytes: Uint8Array): Generator<Packet> {
  for (let at = 0; at + 17 <= bytes.length; ) {
    const next = bytes.indexOf(6, at);
    if (next < 0 || next + 17 > bytes.length) return;
    at = next;
    if (startsWith(bytes, st0104Key, at)) {
      yield { kind: "st0104" };
      at += 16;
    } else if (!startsWith(bytes, st0601Key, at)) at++;
    else {
      const ber = berLength(bytes, at + 16);
      const end = ber === null ? Number.NaN : ber.next + ber.length;
      if (ber === null || !(end <= bytes.length) || ber.length > packetBytesMax) {
        yield { kind: "cut_off" };
        at += 16;
        continue;
      }
      const packet = readLocalSet(bytes, at, ber.next, end);
      yield packet;
      at = packet.kind === "st0601" ? end : at + 16;
    }
  }
}

function readLocalSet(bytes: Uint8Array, from: number, valueAt: number, end: number): Packet {
  const items = new Map<number, Uint8Array>();
  let at = valueAt;
  let checksumAt = -1;
  while (at < end) {
    const tag = bytes[at] as number;
    // BER-OID: tags above 127 take a second byte; none that is read here has three
    const high = tag & 128 ? bytes[at + 1] : undefined;
    const ber = berLength(bytes, at + (high === undefined ? 1 : 2));
    if (ber === null || ber.next + ber.length > end) return { kind: "bad_checksum" };
    const number = high === undefined ? tag : (tag & 127) * 128 + high;
    if (number === 1) checksumAt = ber.next;
    items.set(number, bytes.subarray(ber.next, ber.next + ber.length));
    at = ber.next + ber.length;
  }
  const stated = items.get(1);
  // ST 0601: the checksum is the last item, of two bytes, over everything before its value
  if (stated?.length !== 2 || checksumAt + 2 !== end) return { kind: "bad_checksum" };
  const isRight = runningSum(bytes, from, checksumAt) === viewOf(stated).getUint16(0);
  return isRight ? { kind: "st0601", items } : { kind: "bad_checksum" };
}

/** 16-bit running sum of ST 0601 §6.4: even bytes count 256-fold. */
export function runningSum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum = (sum + ((bytes[i] as number) << (8 * ((i - from + 1) % 2)))) & 0xffff;
  return sum;
}
