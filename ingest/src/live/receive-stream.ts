import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { reachHost } from "@mingcha/infra/streams";
import {
  isStreamKind,
  isStreamPolicy,
  readStreamAddress,
  retryDelayMs,
  type StreamReason,
  streamReasons,
} from "@mingcha/models/streams";
import { roomAfter } from "../intake/room.ts";
import { keepPart } from "./keep-part.ts";
import { closeGap, openGap, writeHeartbeat, writeStanding } from "./keep-standing.ts";
import { liveKinds } from "./kinds/index.ts";
import type { LiveDeps } from "./live-deps.ts";
import type { Receiving } from "./live-kind.ts";
import { noteClock } from "./note-clock.ts";
import { noteNext } from "./note-next.ts";
import { noteTry } from "./note-try.ts";
import { openPassword } from "./open-password.ts";
import { watchClock } from "./watch-clock.ts";

const heartbeatMs = 4_000;

export interface RunningStream {
  readonly version: number;
  /** Settles when it is no longer looked after: it was stopped, or the database could not be asked. Never rejects. */
  readonly ended: Promise<void>;
  /** Name of the connection whose parts are being written; null between two. */
  currentRun(): string | null;
  /** A person asked for its clock to be compared now. */
  compareClock(requestId: string): void;
  /** Ends it and waits until what arrived is kept; `why` begins the gap. */
  stop(why: StreamReason): Promise<void>;
}

/**
 * Receives one live source for as long as this machine holds it: connects, keeps what comes, says why nothing comes and since when, and tries
 * again. Facts stand in the database at every turn; a kill loses at most the part that was being written.
 */
export function receiveStream(
  deps: LiveDeps,
  sourceId: string,
  version: number,
  lostSince: Date | null,
): RunningStream {
  const { db, log, machine } = deps;
  let isStopped = false;
  let stopReason: StreamReason = "restarted";
  let wake: () => void = () => {};
  let current: Receiving | null = null;
  let currentRun: string | null = null;
  const clock = watchClock(deps, sourceId, () => current);
  /** Of this connection: a comparison was written, and that the device tells its clock. */
  let isClockNoted = false;
  let isTryNoted = false;
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** One connection from beginning to end. @returns why it ended, and whether pictures came. */
  const connectOnce = async (attempt: number): Promise<{ reason: StreamReason; lastMs: number | null }> => {
    const stream = await db.stream.findUnique({ where: { sourceId } });
    if (stream === null || !isStreamKind(stream.kind) || !isStreamPolicy(stream.policy))
      return { reason: "switched_off", lastMs: null };
    const { kind, policy } = stream;
    if (!(await roomAfter(deps, 0)).takesNew) return { reason: "store_full", lastMs: null };
    const read = readStreamAddress(kind, stream.url);
    if (read.kind === "refused") return { reason: "name_unknown", lastMs: null };
    const reach = await reachHost(read.address.host, deps.networks);
    if (reach.kind !== "ok") return { reason: reach.kind, lastMs: null };
    const run = `${Date.now().toString(36)}-${attempt}`;
    const folder = join(deps.liveFolder, sourceId, run);
    currentRun = run;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    let keeping: Promise<unknown> = Promise.resolve();
    let firstAt: Date | null = null;
    let hasBegun = false;
    // what the database could not be told now it is told with the next sign of life
    const tellBegin = async (): Promise<void> => {
      if (firstAt === null || hasBegun) return;
      await begin(firstAt).then(
        () => {
          hasBegun = true;
        },
        (error: unknown) => log.warn({ err: error, sourceId }, "that pictures come could not be noted yet"),
      );
    };
    const receiving = await liveKinds[kind](
      deps.tools,
      {
        address: reach.address,
        port: read.address.port,
        url: stream.url,
        credentials:
          stream.userName === null
            ? null
            : { user: stream.userName, password: openPassword(deps, sourceId, stream.passwordBox) },
        clipS: stream.clipS,
        folder,
      },
      {
        first: (atMs) => {
          firstAt = new Date(atMs);
          keeping = keeping.then(tellBegin);
        },
        part: (part) => {
          keeping = keeping
            .then(() => keepPart(deps, { sourceId, policy, run }, part))
            .then(() => noteNext(folder, basename(part.file), part))
            .catch((error: unknown) =>
              log.warn({ err: error, sourceId }, "a part stays where it lies; it is taken in later"),
            );
        },
      },
    );
    current = receiving;
    isClockNoted = false;
    isTryNoted = false;
    clock.connected();
    if (isStopped) receiving.stop();
    let isFull = false;
    const heartbeat = setInterval(() => {
      void tellBegin().then(() => beat(receiving));
      // what is written here is not in the store yet: without room it would fill the disk
      void roomAfter(deps, 0).then(
        ({ takesNew }) => {
          if (takesNew) return;
          isFull = true;
          receiving.stop();
        },
        () => undefined,
      );
    }, heartbeatMs);
    const ended = await receiving.ended;
    const reason = isFull ? "store_full" : ended;
    clearInterval(heartbeat);
    current = null;
    await beat(receiving);
    await keeping;
    return { reason, lastMs: receiving.lastPacketMs() };
  };

  const begin = async (at: Date): Promise<void> => {
    await closeGap(db, sourceId, at);
    await writeStanding(db, machine, sourceId, {
      state: "live",
      since: at,
      reason: null,
      attempts: 0,
      nextTryAt: null,
    });
  };
  const beat = async (receiving: Receiving): Promise<void> => {
    const lastMs = receiving.lastPacketMs();
    if (lastMs === null) return;
    await writeHeartbeat(db, machine, sourceId, new Date(lastMs)).catch(() => {});
    const offset = receiving.clockOffset();
    if (offset === null) return;
    // what a new connection tells first bounds the clock on both sides of the break
    const why = isClockNoted ? "turn" : "connected";
    try {
      const isWritten = await noteClock(deps, sourceId, offset, why);
      isClockNoted ||= isWritten;
      if (isTryNoted && !isWritten) return;
      // a comparison at connection may have come before the first report
      await noteTry(deps, sourceId, offset.method, null, null);
      isTryNoted = true;
    } catch (error) {
      log.warn({ err: error, sourceId }, "a device's clock could not be noted; it is tried again");
    }
  };

  const run = async (): Promise<void> => {
    if (lostSince !== null) await openGap(db, sourceId, lostSince, "machine_lost");
    let attempt = 0;
    let since = lostSince ?? new Date();
    while (!isStopped) {
      attempt += 1;
      await writeStanding(db, machine, sourceId, {
        state: "connecting",
        since,
        reason: null,
        attempts: attempt,
        nextTryAt: null,
      });
      const { reason, lastMs } = await connectOnce(attempt).catch((error: unknown) => {
        log.warn({ err: error, sourceId }, "a connection broke off unexpectedly");
        return { reason: "tool_failed" as const, lastMs: null };
      });
      currentRun = null;
      const why = isStopped ? stopReason : reason;
      if (lastMs !== null) {
        attempt = 0;
        since = new Date(lastMs);
      }
      await openGap(db, sourceId, since, why);
      if (isStopped) return;
      const { mend } = streamReasons[why];
      const waitMs = retryDelayMs(attempt + 1, mend, Math.random());
      await writeStanding(db, machine, sourceId, {
        state: mend ? "refused" : "blind",
        since,
        reason: why,
        attempts: attempt,
        nextTryAt: new Date(Date.now() + waitMs),
      });
      await sleep(waitMs);
    }
  };

  const ended = run()
    .catch((error: unknown) =>
      log.warn({ err: error, sourceId }, "a live source was given up; the next turn takes it up again"),
    )
    .finally(clock.stop);
  return {
    version,
    ended,
    currentRun: () => currentRun,
    compareClock: clock.asked,
    stop: async (why) => {
      isStopped = true;
      stopReason = why;
      current?.stop();
      wake();
      await ended;
    },
  };
}
