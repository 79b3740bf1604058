/** One position that a terminal reported. Degrees as the terminal wrote them, time as an instant. */
export interface TerminalLocation {
  /** Number of the terminal in the frame's header, leading zeros taken off. */
  readonly terminalNo: string;
  readonly atMs: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly speedKmh: number;
}

export const locationRefusals = {
  not_hex: { zh: "不是十六进制文本", en: "no hexadecimal text" },
  no_flags: { zh: "首尾不是标识位 7E", en: "the frame does not begin and end with 7E" },
  bad_escape: {
    zh: "转义不合规（7D 之后应为 01 或 02，帧内不得有 7E）",
    en: "a wrong escape (7D must be followed by 01 or 02, and no 7E stands within)",
  },
  too_short: { zh: "帧长度不足", en: "the frame is too short" },
  bad_checksum: { zh: "校验码不符", en: "the check code does not fit" },
  not_location: { zh: "不是位置信息汇报（消息 ID 0x0200）", en: "no location report (message id 0x0200)" },
  split: { zh: "分包或加密的消息不读取", en: "messages in parts or encrypted are not read" },
  bad_length: { zh: "消息体长度与消息头不符", en: "the body is not as long as the header says" },
  bad_bcd: { zh: "BCD 码含非数字", en: "a digit of the BCD code is none" },
  bad_time: { zh: "时间不存在", en: "there is no such time" },
  not_located: { zh: "终端未定位", en: "the terminal had no position" },
  encrypted_position: { zh: "经纬度已加密，不读取", en: "the position is encrypted and not read" },
  bad_position: { zh: "经纬度超出范围", en: "no position on earth" },
} as const;
export type LocationRefusal = keyof typeof locationRefusals;

type Read = { kind: "ok"; location: TerminalLocation } | { kind: "refused"; why: LocationRefusal };
const refuse = (why: LocationRefusal): Read => ({ kind: "refused", why });

const flag = 0x7e;
const escapeSign = 0x7d;
/** Header of JT/T 808-2011 and -2013; that of 2019 has a version byte and four more bytes of number. */
const headerBytes = 12;
const header2019Bytes = 17;
const locationBytes = 28;

/**
 * One frame of JT/T 808 (2013 and 2019 headers) with message 0x0200 location report, as a gateway exports it in hexadecimal. Strict: whatever
 * does not fit is refused with its reason, nothing is guessed. Its time is GMT+8 whatever the zone of the truck (JT/T 808, table of 0x0200).
 */
export function readLocationFrame(hex: string): Read {
  const text = hex.replace(/\s/g, "");
  if (text === "" || text.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(text)) return refuse("not_hex");
  const framed = Uint8Array.from({ length: text.length / 2 }, (_, nth) =>
    Number.parseInt(text.slice(2 * nth, 2 * nth + 2), 16),
  );
  if (framed.length < 4 || framed[0] !== flag || framed.at(-1) !== flag) return refuse("no_flags");
  const bytes = unescapeFrame(framed.subarray(1, -1));
  if (bytes === null) return refuse("bad_escape");
  if (bytes.length < headerBytes + 1) return refuse("too_short");
  let check = 0;
  for (const byte of bytes) check ^= byte;
  // the check code XORed with what it was made of leaves nothing
  if (check !== 0) return refuse("bad_checksum");
  return readMessage(bytes.subarray(0, -1));
}

export function unescapeFrame(bytes: Uint8Array): Uint8Array | null {
  const plain: number[] = [];
  for (let nth = 0; nth < bytes.length; nth++) {
    const byte = bytes[nth] as number;
    if (byte === flag) return null;
    if (byte !== escapeSign) {
      plain.push(byte);
      continue;
    }
    const next = bytes[++nth];
    if (next !== 1 && next !== 2) return null;
    plain.push(next === 1 ? escapeSign : flag);
  }
  return Uint8Array.from(plain);
}

function readMessage(bytes: Uint8Array): Read {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0x0200) return refuse("not_location");
  const properties = view.getUint16(2);
  const is2019 = (properties & 0x4000) !== 0;
  // bits 10–12 say how it is encrypted, bit 13 that it is one of several parts
  if ((properties & 0x3c00) !== 0) return refuse("split");
  const header = is2019 ? header2019Bytes : headerBytes;
  if (bytes.length < header + locationBytes) return refuse("too_short");
  if (bytes.length !== header + (properties & 0x03ff)) return refuse("bad_length");
  const number = is2019 ? bcd(bytes.subarray(5, 15)) : bcd(bytes.subarray(4, 10));
  if (number === null) return refuse("bad_bcd");
  return readBody(number.replace(/^0+(?=\d)/, ""), view, header);
}

function readBody(terminalNo: string, view: DataView, at: number): Read {
  const status = view.getUint32(at + 4);
  if ((status & 0x02) === 0) return refuse("not_located");
  if ((status & 0x20) !== 0) return refuse("encrypted_position");
  const latitude = (view.getUint32(at + 8) / 1e6) * ((status & 0x04) === 0 ? 1 : -1);
  const longitude = (view.getUint32(at + 12) / 1e6) * ((status & 0x08) === 0 ? 1 : -1);
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return refuse("bad_position");
  const digits = bcd(new Uint8Array(view.buffer, view.byteOffset + at + 22, 6));
  if (digits === null) return refuse("bad_bcd");
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (digits.match(/../g) ?? []).map(Number);
  const wall = Date.UTC(2000 + year, month - 1, day, hour, minute, second);
  const back = new Date(wall);
  const isReal =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isReal) return refuse("bad_time");
  const speedKmh = view.getUint16(at + 18) / 10;
  return { kind: "ok", location: { terminalNo, atMs: wall - 8 * 3_600_000, longitude, latitude, speedKmh } };
}

function bcd(bytes: Uint8Array): string | null {
  let text = "";
  for (const byte of bytes) {
    const [high, low] = [byte >> 4, byte & 15];
    if (high > 9 || low > 9) return null;
    text += `${high}${low}`;
  }
  return text;
}
