import { lookup } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostClockReason } from "@mingcha/models/device";
import { askServer, type Exchange } from "./ask-server.ts";
import type { TimeServer } from "./time-servers.ts";

export interface HostMeasured extends Exchange {
  readonly kind: "ok";
  readonly server: string;
}
export type HostMeasurement = HostMeasured | { readonly kind: "failed"; readonly reason: HostClockReason };

/** Each server is asked so often; the answer with the shortest way is the least disturbed (RFC 5905 §10, clock filter). */
const times = 4;
const betweenMs = 200;
const limitMs = 2_000;

interface Options {
  readonly limitMs?: number;
  readonly betweenMs?: number;
  readonly now?: () => number;
}

/**
 * Compares this machine's clock with the configured servers. With several, the one that most others agree with counts; where none agrees with
 * another nobody can tell which is right.
 */
export async function measureHost(servers: readonly TimeServer[], options: Options = {}): Promise<HostMeasurement> {
  if (servers.length === 0) return { kind: "failed", reason: "not_configured" };
  const all = await Promise.all(servers.map((server) => bestOf(server, options)));
  const good = all.filter((one) => one.kind === "ok");
  const [first] = all;
  if (good.length === 0) return first?.kind === "failed" ? first : { kind: "failed", reason: "no_answer" };
  const agreeing = (one: HostMeasured) =>
    good.filter((other) => Math.abs(other.aheadMs - one.aheadMs) <= other.uncertaintyMs + one.uncertaintyMs).length;
  const [best] = [...good].sort((a, b) => agreeing(b) - agreeing(a) || a.delayMs - b.delayMs);
  if (best === undefined || (good.length > 1 && agreeing(best) * 2 <= good.length))
    return { kind: "failed", reason: "disagree" };
  return best;
}

async function bestOf(
  { host, port }: TimeServer,
  { limitMs: within = limitMs, betweenMs: pause = betweenMs, now }: Options,
): Promise<HostMeasurement> {
  const found = await lookup(host).catch(() => null);
  if (found === null) return { kind: "failed", reason: "name_unknown" };
  let best: Exchange | null = null;
  let reason: HostClockReason = "no_answer";
  for (let nth = 0; nth < times; nth += 1) {
    if (nth > 0) await sleep(pause);
    const asked = await askServer(found.address, port, within, now);
    if (asked.kind === "ok") {
      if (best === null || asked.exchange.delayMs < best.delayMs) best = asked.exchange;
      continue;
    }
    reason = asked.reason;
    // whoever asks on after this is shut out (RFC 5905 §7.4); what one packet may have lost another may bring
    if (reason === "told_to_stop") return { kind: "failed", reason };
    if (reason !== "no_answer" && reason !== "forged") break;
  }
  return best === null ? { kind: "failed", reason } : { kind: "ok", ...best, server: `${host}:${port}` };
}
