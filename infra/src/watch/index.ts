import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { ConfigError, type Environment } from "../config/index.ts";
import type { Database } from "../db/index.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Logger } from "../log.ts";
import { clockFigure } from "./clock.ts";
import { type Figure, prometheusText, prometheusType } from "./prometheus-text.ts";

export { warnOfClock } from "./clock.ts";
export type { Figure } from "./prometheus-text.ts";

/** What the port answers; probes and scrapers of infra/deploy name only these. */
export const watchPaths = { live: "/livez", ready: "/readyz", figures: "/metrics" } as const;

/** A database that answers later than this is as good as none, for a probe. */
const databaseLimitMs = 2_000;

export interface WatchPort {
  /** The process does its work from now on. */
  readonly ready: () => void;
}

interface WatchOptions {
  readonly environment: Pick<Environment, "MINGCHA_WATCH_PORT" | "MINGCHA_WATCH_HOST">;
  readonly db: Pick<Database, "$queryRaw">;
  readonly log: Logger;
  readonly lifecycle: Pick<Lifecycle, "onStop" | "stopping">;
  /** The same for all processes beside the clock's; read anew for each answer. */
  readonly figures?: () => Promise<readonly Figure[]>;
}

/**
 * A port of its own for whoever runs the machines: is the process alive, is it at work, how much waits. It knows no sign-in and answers with
 * counts, ages and codes only; it is opened where MINGCHA_WATCH_PORT says so and never on the port that people use.
 */
export async function openWatchPort(options: WatchOptions): Promise<WatchPort> {
  const { environment, db, log, lifecycle } = options;
  let isReady = false;
  if (environment.MINGCHA_WATCH_PORT === undefined) return { ready: () => undefined };

  const answers: Record<string, () => Promise<{ status: number; type?: string; body: string }>> = {
    [watchPaths.live]: async () => ({ status: 200, body: "alive\n" }),
    [watchPaths.ready]: async () => {
      if (!isReady || lifecycle.stopping()) return { status: 503, body: isReady ? "stopping\n" : "starting\n" };
      const answered = await Promise.race([
        db.$queryRaw`select 1`.then(
          () => true,
          () => false,
        ),
        sleep(databaseLimitMs, false, { ref: false }),
      ]);
      return answered ? { status: 200, body: "ready\n" } : { status: 503, body: "the database does not answer\n" };
    },
    [watchPaths.figures]: async () => ({
      status: 200,
      type: prometheusType,
      body: prometheusText([...(await (options.figures?.() ?? [])), await clockFigure(db)]),
    }),
  };

  const server = createServer((request, response) => {
    const answer = answers[new URL(request.url ?? "/", "http://watch").pathname];
    const send = (status: number, body: string, type = "text/plain; charset=utf-8") =>
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
    if (answer === undefined) send(404, "not found\n");
    else if (request.method !== "GET" && request.method !== "HEAD") send(405, "only GET\n");
    else
      answer().then(
        ({ status, body, type }) => send(status, body, type),
        (error: unknown) => {
          // never zeros: what scales by them would shrink at the worst moment
          log.warn({ err: error }, "figures could not be read");
          send(503, "figures cannot be read now\n");
        },
      );
  });
  server.requestTimeout = 10_000;
  server.maxConnections = 64;
  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      fail(new ConfigError(`MINGCHA_WATCH_PORT ${environment.MINGCHA_WATCH_PORT} cannot be opened (${error.code}).`)),
    );
    server.listen(environment.MINGCHA_WATCH_PORT, environment.MINGCHA_WATCH_HOST, () => done());
  });
  lifecycle.onStop("watch port", () => {
    server.closeAllConnections();
    server.close();
  });
  return {
    ready: () => {
      isReady = true;
    },
  };
}
