import type { ClockReason, SecondReading } from "@mingcha/models/device";
import { exchange, NoAnswer, type Raw, TooLarge } from "../http/exchange.ts";
import type { LiveTarget } from "../live-kind.ts";
import { type Challenge, readChallenge, signRequest } from "../sign-request.ts";
import { type ReadDateTime, readDateTime } from "./read-date-time.ts";
import { dateTimeQuestion } from "./soap.ts";

export interface DateTimeTarget extends Pick<LiveTarget, "address" | "port" | "url" | "credentials"> {
  readonly path: string;
}

/** What a device says of its clock beside the time. */
export type ToldTime = Extract<ReadDateTime, { kind: "ok" }>["told"];
export type AskedTime =
  | { readonly kind: "ok"; readonly reading: SecondReading; readonly scaleMs: number; readonly told: ToldTime }
  | { readonly kind: "failed"; readonly reason: ClockReason };

/** A device whose web server is slow answers within seconds; an answer is about 2 KB. */
const limits = { wholeMs: 5_000, bytesMax: 64 * 1024 };

/** How the device wants us to sign in: not at all (ONVIF has the time open to everybody, PRE_AUTH), by Digest of HTTP, or by a token in the message. */
type SignIn =
  | { readonly by: "none" }
  | { readonly by: "digest"; readonly challenge: Challenge }
  | { readonly by: "token" };

/** Asks one device for its time, again and again; how it wants us to sign in is found out once. */
export function createDateTimeAsk(target: DateTimeTarget): (signal: AbortSignal) => Promise<AskedTime> {
  const { path, credentials } = target;
  let signIn: SignIn = { by: "none" };
  let signed = 0;
  /** Device clock less ours, as far as a refusal told: a token dated by our clock is refused where the clocks differ. */
  let aheadMs = 0;

  const ask = (signal: AbortSignal): Promise<Raw> => {
    const headers: Record<string, string> = { "content-type": "application/soap+xml; charset=utf-8" };
    const withToken = signIn.by === "token" && credentials !== null;
    const body = dateTimeQuestion(withToken ? { ...credentials, atMs: Date.now() + aheadMs } : null);
    headers["content-length"] = String(Buffer.byteLength(body));
    if (signIn.by === "digest" && credentials !== null) {
      signed += 1;
      headers.authorization = signRequest(signIn.challenge, credentials, { method: "POST", uri: path }, signed);
    }
    return exchange(target, { method: "POST", path, headers, body }, limits, signal);
  };
  const next = (raw: Raw): SignIn | null => {
    if (signIn.by === "token") return null;
    const challenge = readChallenge(raw.answer.headers["www-authenticate"] ?? "");
    // Basic would show the password to whoever listens; the token does not
    if (signIn.by === "none" && challenge?.scheme === "digest") return { by: "digest", challenge };
    return { by: "token" };
  };

  return async (signal) => {
    for (;;) {
      let raw: Raw;
      try {
        raw = await ask(signal);
      } catch (error) {
        return { kind: "failed", reason: reasonOf(error) };
      }
      const read = readAnswer(raw);
      if (read.kind === "ok") {
        const { askedMs, answeredMs, scaleMs } = raw;
        return { kind: "ok", reading: { askedMs, answeredMs, deviceMs: read.deviceMs }, scaleMs, told: read.told };
      }
      if (read.kind === "failed") return read;
      if (credentials === null) return { kind: "failed", reason: "needs_password" };
      const other = next(raw);
      if (other === null) return { kind: "failed", reason: "wrong_password" };
      signIn = other;
      signed = 0;
      const deviceMs = Date.parse(raw.answer.headers.date ?? "");
      aheadMs = Number.isNaN(deviceMs) ? 0 : deviceMs - raw.answeredMs;
    }
  };
}

function readAnswer({ answer, body }: Raw): ReadDateTime {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) return { kind: "failed", reason: "redirected" };
  if (status === 404 || status === 405 || status === 410) return { kind: "failed", reason: "not_found" };
  if (status === 401 || status === 403) return { kind: "sign_in" };
  // faults come under 400 and 500 (SOAP 1.2 part 2, §7.5.2.2)
  return readDateTime(body.toString("utf8"));
}

function reasonOf(error: unknown): ClockReason {
  if (error instanceof NoAnswer) return "no_answer";
  if (error instanceof TooLarge) return "too_large";
  const { code = "" } = error as NodeJS.ErrnoException;
  return /^HPE_|CERT|^ERR_/.test(code) ? "not_understood" : "unreachable";
}
