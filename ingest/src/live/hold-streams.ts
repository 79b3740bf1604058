import { claimStreams, leaveMachines, listEnabled, releaseStreams, renewLeases, shareOf } from "./lease-streams.ts";
import type { LiveDeps } from "./live-deps.ts";
import { findRequests } from "./note-try.ts";
import { type RunningStream, receiveStream } from "./receive-stream.ts";
import { recoverParts } from "./recover-parts.ts";

export interface HeldStreams {
  /** One turn: keeps what is this machine's, takes its part of what is free, gives back what is too much, follows changes. */
  readonly turn: () => Promise<void>;
  /** Ends all and gives them back. */
  readonly stop: () => Promise<void>;
}

/** Looks after this machine's part of the live sources. */
export function holdStreams(deps: LiveDeps): HeldStreams {
  const { db, machine } = deps;
  const running = new Map<string, RunningStream>();

  const end = async (sourceIds: readonly string[], why: "restarted" | "switched_off"): Promise<void> => {
    await Promise.all(
      sourceIds.map(async (sourceId) => {
        await running.get(sourceId)?.stop(why);
        running.delete(sourceId);
      }),
    );
    await releaseStreams(db, machine, sourceIds);
  };

  const start = (sourceId: string, version: number, lostSince: Date | null): void => {
    const stream = receiveStream(deps, sourceId, version, lostSince);
    running.set(sourceId, stream);
    // one that ended by itself is held still: the next turn begins it anew
    void stream.ended.then(() => {
      if (running.get(sourceId) === stream) running.delete(sourceId);
    });
  };

  return {
    turn: async () => {
      const enabled = new Map((await listEnabled(db)).map(({ sourceId, version }) => [sourceId, version]));
      const held = new Set(await renewLeases(db, machine));
      for (const sourceId of held) {
        const version = enabled.get(sourceId);
        if (version !== undefined && !running.has(sourceId)) start(sourceId, version, null);
      }
      const lost = [...running.keys()].filter((sourceId) => !held.has(sourceId));
      // another machine has it already: it writes the gap
      await Promise.all(
        lost.map(async (sourceId) => {
          await running.get(sourceId)?.stop("machine_lost");
          running.delete(sourceId);
        }),
      );
      await end(
        [...running.keys()].filter((sourceId) => !enabled.has(sourceId)),
        "switched_off",
      );
      const share = await shareOf(db, machine, enabled.size);
      const changed = [...running].filter(([id, { version }]) => enabled.get(id) !== version).map(([id]) => id);
      const tooMany = [...running.keys()].filter((id) => !changed.includes(id)).slice(share);
      await end([...changed, ...tooMany], "restarted");
      for (const { sourceId, lostSince } of await claimStreams(db, machine, share - running.size))
        start(sourceId, enabled.get(sourceId) ?? 0, lostSince);
      for (const { id, sourceId } of await findRequests(deps)) running.get(sourceId)?.compareClock(id);
      await recoverParts(deps, (sourceId, run) => running.get(sourceId)?.currentRun() === run);
    },
    stop: async () => {
      await end([...running.keys()], "restarted");
      await leaveMachines(db, machine);
    },
  };
}
