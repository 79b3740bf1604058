import type { HostClockReason } from "@mingcha/models/device";

/** NTP packet without extensions, RFC 5905 §7.3: 48 bytes, big-endian. */
export const packetBytes = 48;
/** Seconds from 1900, where NTP counts from, to 1970. */
const epochS = 2_208_988_800;
const eraS = 2 ** 32;
/** Synchronisation distance beyond which a server is no source of time (RFC 5905 §11.2.1, MAXDIST). */
const mostUnsureMs = 1_000;

export interface ServerTime {
  readonly stratum: number;
  /** The server's clock when the question came and when the answer left, milliseconds since 1970. */
  readonly receivedMs: number;
  readonly sentMs: number;
  /** What the server says of its own error: half the way to its source and its dispersion. */
  readonly rootMs: number;
}

export type ReadPacket =
  | { readonly kind: "ok"; readonly time: ServerTime }
  /** Not an answer to our question: it is passed over, the real one may still come. */
  | { readonly kind: "foreign" }
  | { readonly kind: "refused"; readonly reason: HostClockReason };

/** A question of a client, version 4. In the place of our time stands a number nobody can guess: the answer has to carry it back. */
export function writeQuestion(nonce: Buffer): Buffer {
  const packet = Buffer.alloc(packetBytes);
  packet.writeUInt8((4 << 3) | 3, 0);
  nonce.copy(packet, 40, 0, 8);
  return packet;
}

/** Reads what came for a question. The origin is looked at first: only who saw the question may even tell us to stop (RFC 5905 §7.4). */
export function readAnswer(packet: Buffer, nonce: Buffer, nearMs: number): ReadPacket {
  if (packet.length < packetBytes || !packet.subarray(24, 32).equals(nonce)) return { kind: "foreign" };
  const first = packet.readUInt8(0);
  const [leap, version, mode] = [first >> 6, (first >> 3) & 7, first & 7];
  const stratum = packet.readUInt8(1);
  if (mode !== 4 || version < 3 || version > 4) return { kind: "refused", reason: "not_understood" };
  if (stratum === 0) return { kind: "refused", reason: "told_to_stop" };
  if (leap === 3 || stratum > 15) return { kind: "refused", reason: "unsynchronised" };
  const receivedMs = readTime(packet, 32, nearMs);
  const sentMs = readTime(packet, 40, nearMs);
  if (receivedMs === null || sentMs === null || sentMs < receivedMs)
    return { kind: "refused", reason: "not_understood" };
  const rootMs = readShort(packet, 4) / 2 + readShort(packet, 8);
  if (rootMs > mostUnsureMs) return { kind: "refused", reason: "too_unsure" };
  return { kind: "ok", time: { stratum, receivedMs, sentMs, rootMs } };
}

/** A time stamp: 32 bits of seconds, 32 of fraction; of the eras of 136 years the one nearest to our clock. Null: none was written. */
function readTime(packet: Buffer, at: number, nearMs: number): number | null {
  const seconds = packet.readUInt32BE(at);
  const fraction = packet.readUInt32BE(at + 4);
  if (seconds === 0 && fraction === 0) return null;
  const inEraS = seconds + fraction / 2 ** 32 - epochS;
  const era = Math.round((nearMs / 1_000 - inEraS) / eraS);
  return (inEraS + era * eraS) * 1_000;
}

/** A short: 16 bits of seconds, 16 of fraction. */
const readShort = (packet: Buffer, at: number): number => (packet.readUInt32BE(at) / 2 ** 16) * 1_000;
