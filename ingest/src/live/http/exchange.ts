import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LiveTarget } from "../live-kind.ts";
import { wallScaleMs } from "../wall-scale.ts";

export interface Question {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Raw {
  readonly answer: IncomingMessage;
  readonly body: Buffer;
  /** On our clock: when the question could leave (the connection stood) and when the first byte of the answer came; both of the scale of asking. */
  readonly askedMs: number;
  readonly answeredMs: number;
  /** See {@link wallScaleMs}. */
  readonly scaleMs: number;
}

/** What one question may cost. */
export interface ExchangeLimits {
  /** From asking to the last byte. */
  readonly wholeMs: number;
  readonly bytesMax: number;
}

export class TooLarge extends Error {}
export class NoAnswer extends Error {}

/**
 * One question to a device at the address that was allowed, whatever its name says by now; no redirection is followed. Rejects with {@link TooLarge},
 * {@link NoAnswer} or the error of the connection.
 */
export function exchange(
  { address, port, url }: Pick<LiveTarget, "address" | "port" | "url">,
  { method, path, headers = {}, body }: Question,
  { wholeMs, bytesMax }: ExchangeLimits,
  signal: AbortSignal,
): Promise<Raw> {
  const { protocol, host, hostname } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = {
      host: address,
      port,
      path,
      method,
      headers: { host, accept: "*/*", "user-agent": "mingcha", ...headers },
      signal,
      agent: false as const,
    };
    // counted from there: a wall clock that is set before the answer comes does not change how long it took
    let scaleMs = wallScaleMs();
    const ourMs = () => Math.round(scaleMs + performance.now());
    let askedMs = ourMs();
    const sent = protocol === "https:" ? requestHttps({ ...options, servername: hostname }) : requestHttp(options);
    const timer = setTimeout(() => sent.destroy(new NoAnswer()), wholeMs);
    sent.once("socket", (socket) =>
      socket.once(protocol === "https:" ? "secureConnect" : "connect", () => {
        scaleMs = wallScaleMs();
        askedMs = ourMs();
      }),
    );
    sent.once("close", () => clearTimeout(timer));
    sent.once("error", reject);
    sent.once("response", (answer) => {
      const answeredMs = ourMs();
      const pieces: Buffer[] = [];
      let size = 0;
      answer.on("data", (piece: Buffer) => {
        size += piece.length;
        if (size > bytesMax) sent.destroy(new TooLarge());
        else pieces.push(piece);
      });
      answer.once("error", reject);
      answer.once("end", () => resolve({ answer, body: Buffer.concat(pieces), askedMs, answeredMs, scaleMs }));
    });
    sent.end(body);
  });
}
