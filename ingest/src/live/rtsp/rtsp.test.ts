import fc from "fast-check";
import { expect, test } from "vitest";
import { readChallenge, signRequest } from "../sign-request.ts";
import { rtpTimeOf, senderReportOf } from "./read-rtp.ts";
import { videoCodecOf } from "./read-sdp.ts";
import { createSplitter, NotRtsp, type RtspMessage, writeMessage } from "./split-rtsp.ts";

function collect() {
  const messages: RtspMessage[] = [];
  const frames: { channel: number; bytes: number }[] = [];
  const splitter = createSplitter({
    message: (message) => messages.push(message),
    frame: (channel, whole) => frames.push({ channel, bytes: whole.length }),
  });
  return { messages, frames, splitter };
}
const frame = (channel: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([0x24, channel, payload.length >> 8, payload.length & 255]), payload]);

test("answers and frames come out whole however the bytes are cut", () => {
  const bytes = Buffer.concat([
    Buffer.from("RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 5\r\n\r\nv=0\r\n"),
    frame(0, Buffer.alloc(1_400, 7)),
    Buffer.from("\r\nRTSP/1.0 200 OK\r\nCSeq: 3\r\n\r\n"),
    frame(1, Buffer.alloc(28)),
  ]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 600 }), { maxLength: 40 }), (cuts) => {
      const { messages, frames, splitter } = collect();
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        splitter.push(bytes.subarray(at, at + cut));
        at += cut;
      }
      expect(messages.map(({ headers, body }) => [headers.get("cseq"), body.toString()])).toEqual([
        ["2", "v=0\r\n"],
        ["3", ""],
      ]);
      expect(frames).toEqual([
        { channel: 0, bytes: 1_404 },
        { channel: 1, bytes: 32 },
      ]);
    }),
  );
});

test.each([
  ["another protocol", "HTTP/1.1 200 OK\r\n\r\n"],
  ["a body without measure", "RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n"],
  ["a negative body", "RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n"],
  ["a head without an end", `RTSP/1.0 200 OK\r\nX: ${"a".repeat(20_000)}`],
])("%s is refused before it is waited for", (_, text) => {
  const { splitter } = collect();
  expect(() => splitter.push(Buffer.from(text))).toThrow(NotRtsp);
});

test("any bytes at all end in a refusal or in waiting, never in another error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const { splitter } = collect();
      try {
        splitter.push(Buffer.concat([Buffer.from("RTSP/1.0 "), Buffer.from(bytes)]));
        splitter.push(Buffer.from(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(NotRtsp);
      }
    }),
  );
});

test("a message that is written is the message that was read", () => {
  const { messages, splitter } = collect();
  const text = "RTSP/1.0 200 OK\r\nCSeq: 4\r\nRTP-Info: url=rtsp://x/y;seq=1\r\nContent-Length: 3\r\n\r\nabc";
  splitter.push(Buffer.from(text));
  const [message] = messages;
  if (message === undefined) throw new Error("nothing was read");
  expect(writeMessage(message).toString()).toBe(text);
});

test("digest is that of RFC 2617 §3.5, and the plain form without quality of protection", () => {
  const challenge = readChallenge(
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
  );
  if (challenge === null) throw new Error("the challenge was not read");
  const who = { user: "Mufasa", password: "Circle Of Life" };
  const signed = signRequest(challenge, who, { method: "GET", uri: "/dir/index.html" }, 1, "0a4f113b");
  expect(signed).toContain('response="6629fae49393a05397450978507c4ef1"');
  expect(signed).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
  const plain = readChallenge('Basic realm="a", Digest realm="IP Camera", nonce="abc", stale="FALSE"');
  expect(plain).toMatchObject({ scheme: "digest", realm: "IP Camera", qop: false });
  expect(readChallenge('Digest realm="a", nonce="b", algorithm=SHA-256')).toBeNull();
  expect(readChallenge('Basic realm="cam"')).toMatchObject({ scheme: "basic" });
});

test("a sender report is found behind others and its time is Unix time; nonsense is none", () => {
  const receiver = Buffer.alloc(8);
  receiver.writeUInt8(0x80, 0);
  receiver.writeUInt8(201, 1);
  receiver.writeUInt16BE(1, 2);
  const sender = Buffer.alloc(28);
  sender.writeUInt8(0x80, 0);
  sender.writeUInt8(200, 1);
  sender.writeUInt16BE(6, 2);
  sender.writeUInt32BE(2_208_988_800 + 1_795_877_712, 8);
  sender.writeUInt32BE(2 ** 31, 12);
  sender.writeUInt32BE(90_000, 16);
  expect(senderReportOf(frame(1, Buffer.concat([receiver, sender])))).toEqual({
    deviceMs: 1_795_877_712_500,
    rtpTime: 90_000,
  });
  expect(senderReportOf(frame(1, sender.subarray(0, 20)))).toBeNull();
  sender.writeUInt32BE(0, 8);
  expect(senderReportOf(frame(1, sender))).toBeNull();
  expect(rtpTimeOf(frame(0, Buffer.alloc(4)))).toBeNull();
});

test("only video that is stored as it comes is taken", () => {
  const sdp = (codec: string, media = "video") => `v=0\r\nm=${media} 0 RTP/AVP 96\r\na=rtpmap:96 ${codec}/90000\r\n`;
  expect(videoCodecOf(sdp("H264"))).toBe("h264");
  expect(videoCodecOf(sdp("H265"))).toBe("h265");
  expect(videoCodecOf("v=0\r\nm=video 0 RTP/AVP 26\r\n")).toBeNull();
  expect(videoCodecOf(sdp("H264", "application"))).toBeNull();
});
