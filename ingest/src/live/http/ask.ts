import type { StreamReason } from "@mingcha/models/streams";
import type { LiveTarget } from "../live-kind.ts";
import { type Challenge, readChallenge, signRequest } from "../sign-request.ts";
import { exchange, NoAnswer, type Raw, TooLarge } from "./exchange.ts";

export type Answer =
  | {
      readonly kind: "ok";
      readonly body: Buffer;
      /** When the question left, on our clock. */
      readonly askedMs: number;
      /** When its first byte came, on our clock. */
      readonly answeredMs: number;
      /** See wallScaleMs. */
      readonly scaleMs: number;
      /** What the device's clock said (header `Date`), whole seconds; null where it says nothing. */
      readonly deviceMs: number | null;
    }
  | { readonly kind: "failed"; readonly reason: StreamReason };

/** Asks for one address of a device. */
export type Ask = (url: URL, bytesMax: number, signal: AbortSignal) => Promise<Answer>;

/** What one request may cost. */
export interface AskLimits {
  /** From asking to the last byte. */
  readonly wholeMs: number;
}

/**
 * Asks a device at the address that was allowed, whatever its name says by now; another host or port is not asked, no redirection is followed.
 * Signs in once it is asked to (RFC 7617 Basic, RFC 7616 Digest with MD5); the same sign-in serves until the device asks anew.
 */
export function createAsk(target: LiveTarget, { wholeMs }: AskLimits): Ask {
  const { credentials } = target;
  const { origin } = new URL(target.url);
  let challenge: Challenge | null = null;
  let signed = 0;

  const askOnce = (path: string, bytesMax: number, signal: AbortSignal): Promise<Raw> => {
    const headers: Record<string, string> = {};
    if (challenge !== null && credentials !== null) {
      signed += 1;
      headers.authorization = signRequest(challenge, credentials, { method: "GET", uri: path }, signed);
    }
    return exchange(target, { method: "GET", path, headers }, { wholeMs, bytesMax }, signal);
  };

  return async (wanted, bytesMax, signal) => {
    if (wanted.origin !== origin) return { kind: "failed", reason: "not_allowed" };
    const path = wanted.pathname + wanted.search;
    try {
      let raw = await askOnce(path, bytesMax, signal);
      if (raw.answer.statusCode === 401 && credentials !== null) {
        challenge = readChallenge(raw.answer.headers["www-authenticate"] ?? "");
        signed = 0;
        if (challenge === null) return { kind: "failed", reason: "wrong_password" };
        raw = await askOnce(path, bytesMax, signal);
      }
      return read(raw);
    } catch (error) {
      return { kind: "failed", reason: reasonOf(error) };
    }
  };
}

function read({ answer, body, askedMs, answeredMs, scaleMs }: Raw): Answer {
  const status = answer.statusCode ?? 0;
  if (status === 401 || status === 403) return { kind: "failed", reason: "wrong_password" };
  if (status === 404 || status === 410) return { kind: "failed", reason: "not_found" };
  // elsewhere is not where a person said it is
  if (status !== 200) return { kind: "failed", reason: "refused" };
  const deviceMs = Date.parse(answer.headers.date ?? "");
  return { kind: "ok", body, askedMs, answeredMs, scaleMs, deviceMs: Number.isNaN(deviceMs) ? null : deviceMs };
}

function reasonOf(error: unknown): StreamReason {
  if (error instanceof NoAnswer) return "no_answer";
  if (error instanceof TooLarge) return "not_understood";
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === "ECONNRESET" || code === "EPIPE") return "ended";
  return /^HPE_|CERT|^ERR_/.test(code) ? "not_understood" : "unreachable";
}
