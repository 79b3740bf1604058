import type { Logger } from "./log.ts";

export interface Lifecycle {
  /** Registers a thing to close; closed in reverse order of registration. */
  readonly onStop: (name: string, stop: () => Promise<unknown> | unknown) => void;
  readonly stop: (reason: string, exitCode?: number) => Promise<void>;
  readonly stopping: () => boolean;
  /** Started by the supervisor, which prints what is reported; else by whatever runs containers or services. */
  readonly isSupervised: () => boolean;
  /** Tells the supervisor (if any) that this process is ready, or how far it is. */
  readonly report: (message: { ready?: true; line?: string }) => void;
}

/** Hard limit for a clean stop; then the process leaves anyway (trust: shutdown). */
const stopLimitMs = 20_000;

/**
 * Stops a process cleanly on SIGTERM, SIGINT, a lost supervisor or a bug. A supervisor that was killed closes
 * the IPC channel, and then no orphan may go on writing.
 */
export function createLifecycle(log: Logger): Lifecycle {
  const stops: { name: string; stop: () => Promise<unknown> | unknown }[] = [];
  let stopping = false;

  async function stop(reason: string, exitCode = 0): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, "stopping");
    setTimeout(() => process.exit(exitCode || 1), stopLimitMs).unref();
    for (const item of stops.reverse()) {
      try {
        await item.stop();
      } catch (error) {
        log.error({ err: error, part: item.name }, "could not close");
      }
    }
    process.exit(exitCode);
  }

  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
  if (process.channel) process.on("disconnect", () => void stop("supervisor gone"));
  process.on("uncaughtException", (error) => {
    log.error({ err: error }, "bug: uncaught exception");
    void stop("bug", 1);
  });
  process.on("unhandledRejection", (error) => {
    log.error({ err: error }, "bug: unhandled rejection");
    void stop("bug", 1);
  });

  return {
    onStop: (name, fn) => void stops.push({ name, stop: fn }),
    stop,
    stopping: () => stopping,
    isSupervised: () => process.send !== undefined,
    report: (message) => void process.send?.(message),
  };
}
