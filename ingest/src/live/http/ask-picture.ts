import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { StreamReason } from "@mingcha/models/streams";
import type { LiveTarget } from "../live-kind.ts";
import { type Challenge, readChallenge, signRequest } from "../sign-request.ts";

export type PictureAnswer =
  | {
      readonly kind: "picture";
      readonly bytes: Buffer;
      /** When its first byte came, on our clock. */
      readonly answeredMs: number;
      /** What the device's clock said (header `Date`), whole seconds; null where it says nothing. */
      readonly deviceMs: number | null;
    }
  | { readonly kind: "failed"; readonly reason: StreamReason };

/** An 8K JPEG of the best quality is about half of this. */
const bytesMax = 32 * 1024 * 1024;

type Raw = { readonly answer: IncomingMessage; readonly body: Buffer; readonly answeredMs: number };

/**
 * Asks a device for a picture at the address that was allowed, whatever its name says by now; follows no redirection. Signs in once it is asked
 * to (RFC 7617 Basic, RFC 7616 Digest with MD5); the same sign-in serves until the device asks anew.
 */
export function askPicture({ address, port, url, credentials }: LiveTarget, answerMs: number) {
  const { protocol, host, hostname, pathname, search } = new URL(url);
  const path = pathname + search;
  let challenge: Challenge | null = null;
  let signed = 0;

  const askOnce = (signal: AbortSignal): Promise<Raw> =>
    new Promise((resolve, reject) => {
      const headers: Record<string, string> = { host, accept: "image/jpeg", "user-agent": "mingcha" };
      if (challenge !== null && credentials !== null) {
        signed += 1;
        headers.authorization = signRequest(challenge, credentials, { method: "GET", uri: path }, signed);
      }
      const options = { host: address, port, path, headers, timeout: answerMs, signal, agent: false as const };
      const sent = protocol === "https:" ? requestHttps({ ...options, servername: hostname }) : requestHttp(options);
      // slowness within an answer is silence too
      const timer = setTimeout(() => sent.destroy(new Error("no answer")), answerMs);
      sent.once("close", () => clearTimeout(timer));
      sent.once("error", reject);
      sent.once("response", (answer) => {
        const answeredMs = Date.now();
        const pieces: Buffer[] = [];
        let size = 0;
        answer.on("data", (piece: Buffer) => {
          size += piece.length;
          if (size > bytesMax) sent.destroy(new Error("too large"));
          else pieces.push(piece);
        });
        answer.once("error", reject);
        answer.once("end", () => resolve({ answer, body: Buffer.concat(pieces), answeredMs }));
      });
      sent.end();
    });

  return async (signal: AbortSignal): Promise<PictureAnswer> => {
    try {
      let raw = await askOnce(signal);
      if (raw.answer.statusCode === 401 && credentials !== null) {
        challenge = readChallenge(raw.answer.headers["www-authenticate"] ?? "");
        signed = 0;
        if (challenge === null) return { kind: "failed", reason: "wrong_password" };
        raw = await askOnce(signal);
      }
      return read(raw);
    } catch (error) {
      return { kind: "failed", reason: reasonOf(error as NodeJS.ErrnoException) };
    }
  };
}

function read({ answer, body, answeredMs }: Raw): PictureAnswer {
  const status = answer.statusCode ?? 0;
  if (status === 401 || status === 403) return { kind: "failed", reason: "wrong_password" };
  if (status === 404 || status === 410) return { kind: "failed", reason: "not_found" };
  // elsewhere is not where a person said it is
  if (status !== 200) return { kind: "failed", reason: "refused" };
  const isJpeg = body.length > 4 && body.readUInt16BE(0) === 0xffd8 && body.indexOf(Buffer.from([0xff, 0xd9])) > 0;
  if (!isJpeg) return { kind: "failed", reason: "not_picture" };
  const deviceMs = Date.parse(answer.headers.date ?? "");
  return { kind: "picture", bytes: body, answeredMs, deviceMs: Number.isNaN(deviceMs) ? null : deviceMs };
}

function reasonOf({ code, message }: NodeJS.ErrnoException): StreamReason {
  if (message === "no answer") return "no_answer";
  if (message === "too large") return "not_picture";
  if (code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ENETUNREACH") return "unreachable";
  if (code === "ECONNRESET" || code === "EPIPE") return "ended";
  return code?.startsWith("HPE_") === true || code?.includes("CERT") === true || code?.startsWith("ERR_") === true
    ? "not_understood"
    : "unreachable";
}
