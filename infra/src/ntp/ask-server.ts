import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { HostClockReason } from "@mingcha/models/device";
import { readAnswer, writeQuestion } from "./packet.ts";

/** One comparison of this machine's clock with a server's, by the four time stamps of RFC 5905 §8. */
export interface Exchange {
  /** This machine less the server. */
  readonly aheadMs: number;
  /** Both ways together, without what the server took. */
  readonly delayMs: number;
  readonly uncertaintyMs: number;
  readonly stratum: number;
}
export type Asked =
  | { readonly kind: "ok"; readonly exchange: Exchange }
  | { readonly kind: "failed"; readonly reason: HostClockReason };

/** Clocks are read to the millisecond, twice. */
const readingMs = 1;
/** A way shorter than nothing by more than both clocks' reading is no way of a packet: the server's own two times are wrong. */
const leastDelayMs = -2 * readingMs;

/**
 * Asks a server once. What comes from another address or port, or does not carry our number back, is passed over until the time is up, so that who
 * cannot see the question can neither answer nor end it. Our clock is read once, when the question leaves; the way is counted by a clock that nobody
 * sets, so that one that is set meanwhile does not shorten it.
 */
export function askServer(address: string, port: number, limitMs: number, now = Date.now): Promise<Asked> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    const nonce = randomBytes(8);
    let isForged = false;
    let isOver = false;
    const end = (asked: Asked): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      socket.close();
      resolve(asked);
    };
    const timer = setTimeout(() => end({ kind: "failed", reason: isForged ? "forged" : "no_answer" }), limitMs);
    let askedMs = 0;
    let askedCount = 0;
    socket.on("error", () => end({ kind: "failed", reason: "no_answer" }));
    socket.on("message", (packet, from) => {
      const answeredMs = askedMs + performance.now() - askedCount;
      const read =
        from.address === address && from.port === port
          ? readAnswer(packet, nonce, answeredMs)
          : { kind: "foreign" as const };
      if (read.kind === "foreign") isForged = true;
      else if (read.kind === "refused") end({ kind: "failed", reason: read.reason });
      else {
        const { receivedMs, sentMs, rootMs, stratum } = read.time;
        const wayMs = answeredMs - askedMs - (sentMs - receivedMs);
        if (wayMs < leastDelayMs) return end({ kind: "failed", reason: "not_understood" });
        const delayMs = Math.max(0, wayMs);
        const aheadMs = (askedMs - receivedMs + (answeredMs - sentMs)) / 2;
        end({
          kind: "ok",
          exchange: { aheadMs, delayMs, uncertaintyMs: delayMs / 2 + rootMs + readingMs, stratum },
        });
      }
    });
    // bound before the clock is read: what the system takes for it is no part of the way
    socket.bind(0, undefined, () => {
      askedMs = now();
      askedCount = performance.now();
      socket.send(writeQuestion(nonce), port, address);
    });
  });
}
