import type { Database } from "@mingcha/infra/db";
import type { Logger } from "@mingcha/infra/log";
import { type HostMeasurement, measureHost, type TimeServer } from "@mingcha/infra/ntp";
import { type HostClock, hostConditionOf } from "@mingcha/models/device";
import { isOtherScale } from "./wall-scale.ts";

/** How this machine's own clock stands, as far as it is known now. */
export interface KnownHostClock {
  readonly machine: string;
  /** Null: nobody compared it, or it was set since. */
  current(): HostClock | null;
  /** It was set since it was compared and has not been compared again: whatever is measured by it now is measured by nobody's time. */
  isUnsettled(): boolean;
}

export interface WatchedHostClock extends KnownHostClock {
  /** Compares it where that is due, and writes down how it stands. */
  turn(): Promise<void>;
}

/** Once an hour; where it failed, sooner (house rules). */
const everyMs = 3_600_000;
const againMs = 5 * 60_000;
/** A comparison during which the clock was set tells nothing; so often it is made anew at once. */
const steadyTries = 3;
export const hostTurnMs = 30_000;
/** So long a start waits for the first comparison. */
export const hostFirstMs = 3_000;

interface HostClockDeps {
  readonly db: Database;
  readonly machine: string;
  readonly servers: readonly TimeServer[];
  readonly log: Pick<Logger, "warn" | "info">;
  readonly measure?: (servers: readonly TimeServer[]) => Promise<HostMeasurement>;
  /** Wall clock and a clock that nobody sets; milliseconds. */
  readonly now?: () => number;
  readonly count?: () => number;
}

/** Watches the clock of this machine against time servers. */
export function watchHostClock({
  db,
  machine,
  servers,
  log,
  measure = measureHost,
  now = Date.now,
  count = () => performance.now(),
}: HostClockDeps): WatchedHostClock {
  let known: { readonly clock: HostClock; readonly scaleMs: number } | null = null;
  let dueMs = 0;
  const scale = (): number => now() - count();
  const wasSet = (): boolean => known !== null && isOtherScale(scale(), known.scaleMs);

  /** What was measured, with the scale of the wall clock that it holds for: that before and after it. */
  const measureSteadily = async (): Promise<{ measured: HostMeasurement; scaleMs: number }> => {
    for (let nth = 1; ; nth += 1) {
      const scaleMs = scale();
      const measured = await measure(servers);
      if (!isOtherScale(scale(), scaleMs)) return { measured, scaleMs };
      if (nth === steadyTries) return { measured: { kind: "failed", reason: "set_meanwhile" }, scaleMs };
    }
  };

  const compare = async (): Promise<void> => {
    const { measured, scaleMs } = await measureSteadily();
    const triedAt = new Date(now());
    if (measured.kind === "failed") {
      if (wasSet()) known = null;
      const { reason } = measured;
      const waitMs = reason === "not_configured" ? everyMs : reason === "set_meanwhile" ? 0 : againMs;
      dueMs = count() + waitMs;
      const forgotten = known === null ? { measuredAt: null, aheadMs: null, uncertaintyMs: null, server: null } : {};
      const row = { triedAt, reason, ...forgotten };
      await db.hostClock.upsert({ where: { machine }, create: { machine, ...row }, update: row });
      if (reason !== "not_configured")
        log.warn({ reason }, "the clock of this machine could not be compared with a time server");
      return;
    }
    dueMs = count() + everyMs;
    const { aheadMs, uncertaintyMs, server, stratum } = measured;
    known = { clock: { aheadMs, uncertaintyMs, measuredAtMs: triedAt.getTime() }, scaleMs };
    const row = { triedAt, reason: null, measuredAt: triedAt, aheadMs, uncertaintyMs, server, stratum };
    await db.hostClock.upsert({ where: { machine }, create: { machine, ...row }, update: row });
    if (hostConditionOf(known.clock, triedAt.getTime()) === "over")
      log.warn(
        { aheadMs, uncertaintyMs, server },
        "the clock of this machine is wrong; comparisons are corrected by it",
      );
  };
  let running: Promise<void> | null = null;

  return {
    machine,
    current: () => (known === null || wasSet() ? null : known.clock),
    isUnsettled: wasSet,
    turn: () => {
      if (running === null && count() < dueMs && !wasSet()) return Promise.resolve();
      running ??= compare().finally(() => {
        running = null;
      });
      return running;
    },
  };
}
