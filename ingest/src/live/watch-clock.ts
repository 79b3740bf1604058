import { methodsOfStream } from "@mingcha/models/device";
import { isStreamKind } from "@mingcha/models/streams";
import { compareClock } from "./clocks/index.ts";
import type { LiveDeps } from "./live-deps.ts";
import type { Receiving } from "./live-kind.ts";
import { type CompareWhy, noteClock } from "./note-clock.ts";
import { noteTry } from "./note-try.ts";
import { openPassword } from "./open-password.ts";

/** An hour between comparisons, a tenth more or less so that cameras are not asked all at once; a connection is compared after this at most. */
const everyMs = 3_600_000;
const spreadMs = everyMs / 10;
const connectedWithinMs = 3_000;

export interface ClockWatch {
  /** Pictures come (again): what the clock says now bounds what comes from here on, and what came before. */
  readonly connected: () => void;
  /** A person asked. */
  readonly asked: (requestId: string) => void;
  readonly stop: () => Promise<void>;
}

/**
 * Compares the clock of one live source by every method its kind has: when it is connected, every hour, and when a person asks. It runs beside the
 * pictures and is never waited for; what fails is a reason in `clock_try`.
 */
export function watchClock(deps: LiveDeps, sourceId: string, receiving: () => Receiving | null): ClockWatch {
  const stopping = new AbortController();
  const { signal } = stopping;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let lastRequest: string | null = null;

  const compareAll = async (why: CompareWhy, requestId: string | null): Promise<void> => {
    const stream = await deps.db.stream.findUnique({ where: { sourceId } });
    if (stream === null || !isStreamKind(stream.kind) || signal.aborted) return;
    const credentials =
      stream.userName === null
        ? null
        : { user: stream.userName, password: openPassword(deps, sourceId, stream.passwordBox) };
    const isAwaited = why === "asked";
    const newerThanMs = isAwaited ? Date.now() : Date.now() - everyMs;
    const device = { stream, credentials, networks: deps.networks, receiving, newerThanMs, isAwaited };
    await Promise.all(
      methodsOfStream(stream.kind).map(async (method) => {
        const compared = await compareClock[method](device, signal);
        if (signal.aborted) return;
        if (compared.kind === "measured") await noteClock(deps, sourceId, compared.offset, why);
        await noteTry(deps, sourceId, method, compared.kind === "failed" ? compared.reason : null, requestId);
      }),
    );
  };
  /** One after the other; a failure of ours leaves the next turn as it is. */
  const compare = (why: CompareWhy, requestId: string | null = null): void => {
    running = running
      .then(() => compareAll(why, requestId))
      .catch((error: unknown) => {
        if (requestId !== null) lastRequest = null;
        deps.log.warn({ err: error, sourceId }, "a device's clock could not be compared; it is tried again");
      });
  };
  const plan = (ms: number, why: CompareWhy): void => {
    clearTimeout(timer);
    if (signal.aborted) return;
    timer = setTimeout(() => {
      compare(why);
      plan(everyMs - spreadMs / 2 + Math.random() * spreadMs, "turn");
    }, ms);
  };
  plan(everyMs * Math.random(), "turn");
  return {
    connected: () => plan(Math.random() * connectedWithinMs, "connected"),
    asked: (requestId) => {
      if (requestId === lastRequest) return;
      lastRequest = requestId;
      compare("asked", requestId);
    },
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
