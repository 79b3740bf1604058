/** One message of RTSP 1.0 (RFC 2326): a request or an answer. Header names are lower case. */
export interface RtspMessage {
  readonly start: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const headBytesMax = 16 * 1024;
const bodyBytesMax = 256 * 1024;

/** What a device or a program sent that is no RTSP. */
export class NotRtsp extends Error {}

export interface RtspSplitter {
  /** Takes the next bytes of one direction of a connection. Throws {@link NotRtsp}. */
  push(chunk: Buffer): void;
}

/**
 * Cuts one direction of an RTSP connection into messages and interleaved frames (RFC 2326 §10.12: `$`, channel, length, data). Every length is
 * bounded before a byte of it is waited for. `onFrame` gets the frame whole, with its four bytes of head.
 */
export function createSplitter(on: {
  readonly message: (message: RtspMessage) => void;
  readonly frame: (channel: number, whole: Buffer) => void;
}): RtspSplitter {
  let rest: Buffer = Buffer.alloc(0);
  const takeFrame = (): boolean => {
    if (rest.length < 4) return false;
    const length = 4 + rest.readUInt16BE(2);
    if (rest.length < length) return false;
    on.frame(rest.readUInt8(1), rest.subarray(0, length));
    rest = rest.subarray(length);
    return true;
  };
  const takeMessage = (): boolean => {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) {
      if (rest.length > headBytesMax) throw new NotRtsp("a head without an end");
      return false;
    }
    const { start, headers } = readHead(rest.toString("latin1", 0, end));
    const bodyBytes = Number(headers.get("content-length") ?? 0);
    if (!Number.isInteger(bodyBytes) || bodyBytes < 0 || bodyBytes > bodyBytesMax)
      throw new NotRtsp(`a body of ${bodyBytes} bytes`);
    const whole = end + 4 + bodyBytes;
    if (rest.length < whole) return false;
    on.message({ start, headers, body: rest.subarray(end + 4, whole) });
    rest = rest.subarray(whole);
    return true;
  };
  return {
    push: (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (;;) {
        // some devices put empty lines between messages
        while (rest.length > 0 && (rest[0] === 0x0d || rest[0] === 0x0a)) rest = rest.subarray(1);
        if (rest.length === 0 || !(rest[0] === 0x24 ? takeFrame() : takeMessage())) return;
      }
    },
  };
}

function readHead(text: string): Pick<RtspMessage, "start" | "headers"> {
  const [start = "", ...lines] = text.split("\r\n");
  if (!/RTSP\/1\.0/.test(start)) throw new NotRtsp(start.slice(0, 80));
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    // several ways to sign in come as several headers of one name
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  return { start, headers };
}

/** A message as it goes on the wire. Names are written as most devices expect them. */
export function writeMessage({ start, headers, body }: RtspMessage): Buffer {
  const names: Record<string, string> = {
    cseq: "CSeq",
    "www-authenticate": "WWW-Authenticate",
    "rtp-info": "RTP-Info",
  };
  const lines = [...headers].map(([name, value]) => {
    const shown = names[name] ?? name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
    return `${shown}: ${value}`;
  });
  return Buffer.concat([Buffer.from(`${[start, ...lines].join("\r\n")}\r\n\r\n`, "latin1"), body]);
}
