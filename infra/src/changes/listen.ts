import pg from "pg";
import type { Logger } from "../log.ts";

/** The channel on which the triggers of migration `monitoring` tell what has been committed. */
export const changeChannel = "mingcha_changes";

export interface ChangeListener {
  readonly close: () => Promise<void>;
}

interface Hearing {
  readonly databaseUrl: string;
  readonly log: Logger;
  /** Payload of one notification, as JSON text. */
  readonly onChange: (payload: string) => void;
  /** From now on everything that is committed is heard. */
  readonly onHearing: () => void;
  /** The connection is gone; what is committed until the next `onHearing` is not heard. */
  readonly onLost: () => void;
}

/** A dead peer that says nothing is found by asking; a live one answers at once. */
const askEveryMs = 15_000;
const answerWithinMs = 5_000;
const pauseMs = { first: 200, most: 5_000 } as const;

/**
 * Hears what other processes commit, through one connection of its own: LISTEN is bound to a session, so it cannot go through the pool. A lost
 * connection is opened anew until it is closed for good.
 */
export function listenForChanges(hearing: Hearing): ChangeListener {
  const { log } = hearing;
  let closed = false;
  let current: pg.Client | undefined;
  let pause: NodeJS.Timeout | undefined;
  let waitMs: number = pauseMs.first;

  async function open(): Promise<void> {
    const client = new pg.Client({
      connectionString: hearing.databaseUrl,
      application_name: "mingcha-changes",
      keepAlive: true,
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    });
    let heard = false;
    let over = false;
    const lose = (error?: unknown): void => {
      if (over) return;
      over = true;
      clearInterval(asking);
      void client.end().catch(() => undefined);
      if (current === client) current = undefined;
      if (closed) return;
      log.warn({ err: error }, "changes are not heard; trying again");
      if (heard) hearing.onLost();
      pause = setTimeout(() => void open(), waitMs);
      waitMs = Math.min(pauseMs.most, waitMs * 2);
    };
    const asking = setInterval(() => void client.query("select 1").catch(lose), askEveryMs);
    current = client;
    client.on("error", lose);
    client.on("end", () => lose());
    client.on("notification", ({ payload }) => {
      if (payload !== undefined && !over) hearing.onChange(payload);
    });
    try {
      await client.connect();
      await client.query(`listen ${changeChannel}`);
    } catch (error) {
      lose(error);
      return;
    }
    if (over) return;
    heard = true;
    waitMs = pauseMs.first;
    hearing.onHearing();
  }

  void open();
  return {
    close: async () => {
      closed = true;
      clearTimeout(pause);
      await current?.end().catch(() => undefined);
    },
  };
}
