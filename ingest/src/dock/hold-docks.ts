import { setTimeout as sleep } from "node:timers/promises";
import { type BrokerSession, openBrokerSession } from "@mingcha/infra/dock";
import { dockLimits, topicsOf } from "@mingcha/models/dock";
import { isOutage } from "../intake/is-outage.ts";
import type { DockDeps } from "./dock-deps.ts";
import { advanceFiles } from "./files/advance-files.ts";
import { clearLeftOvers } from "./files/clear-left-overs.ts";
import { sweepBucket } from "./files/sweep-bucket.ts";
import { type Handled, handleMessage } from "./handle-message.ts";
import { claimLink, releaseLink, writeLink } from "./lease-link.ts";
import { createPushes } from "./note-push.ts";

export const dockTurnMs = 3_000;
const outageMs = 1_000;

export interface HeldDocks {
  /** One turn: keeps or takes the connection, follows the registered docks. */
  readonly turn: () => Promise<void>;
  /** Files a step further, and now and then a look through the bucket. */
  readonly work: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Listens to the docks, on one machine of all: whoever has the lease connects under the session's one name, so the broker keeps what comes while
 * the connection moves, and never hands a message to two.
 */
export function holdDocks(deps: DockDeps): HeldDocks {
  const pushes = createPushes(deps);
  let session: BrokerSession | null = null;
  let isStopped = false;
  let sweptMs = Number.NEGATIVE_INFINITY;

  const answer = async (topic: string, payload: Buffer, isLive: boolean): Promise<void> => {
    const handled = await untilDone(topic, payload, isLive);
    if (handled.kind === "reply") session?.publish(handled.topic, handled.message);
    if (handled.kind === "stranger") session?.leave(topic);
  };

  /** An outage of ours is waited out, with the message unacknowledged; a bug costs the message, which is logged. */
  async function untilDone(topic: string, payload: Buffer, isLive: boolean): Promise<Handled> {
    for (;;) {
      try {
        return await handleMessage(deps, pushes, topic, payload, isLive);
      } catch (error) {
        if (!isOutage(error)) {
          deps.log.error({ err: error, topic }, "message of a dock could not be handled");
          return { kind: "silent" };
        }
        if (isStopped) throw error;
        await sleep(outageMs);
      }
    }
  }

  const leave = async (): Promise<void> => {
    const ended = session;
    session = null;
    await ended?.close();
  };

  return {
    turn: async () => {
      const link = await claimLink(deps);
      if (link === null) return leave();
      session ??= openBrokerSession(
        { ...deps.broker, clientId: link.clientId },
        {
          onMessage: (topic, payload, { isRetained, isRepeated }) => answer(topic, payload, !isRetained && !isRepeated),
          onState: (state, reason) =>
            void writeLink(deps, state, reason).catch((error: unknown) =>
              deps.log.warn({ err: error }, "how the broker stands could not be written"),
            ),
        },
      );
      const docks = await deps.db.dock.findMany({ where: { enabled: true } });
      await session.follow(new Map(docks.flatMap((dock) => [...topicsOf(dock)])));
    },
    work: async () => {
      if (session === null) return;
      if (deps.now().getTime() - sweptMs >= dockLimits.sweepEveryMs) {
        await clearLeftOvers(deps);
        await sweepBucket(deps);
        sweptMs = deps.now().getTime();
      }
      await advanceFiles(deps);
    },
    stop: async () => {
      isStopped = true;
      await leave();
      await releaseLink(deps);
    },
  };
}
