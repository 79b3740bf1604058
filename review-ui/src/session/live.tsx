import type { Change } from "@mingcha/models/http";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { openLiveStream } from "../lib/live-stream.ts";
import { sessionKey } from "../lib/query-client.ts";
import { runAtMost } from "../lib/run-at-most.ts";

/** Whether pages are told of changes as they happen; else since when they are not (ms since 1970; null: not yet). */
export interface LiveState {
  readonly isLive: boolean;
  readonly sinceMs: number | null;
}

const LiveContext = createContext<LiveState>({ isLive: false, sinceMs: null });

export const useLive = (): LiveState => use(LiveContext);

/** Asked again at most this often, however many changes come: a flood of them must not become a flood of questions. */
const cluesGapMs = 1_000;
const sourcesGapMs = 3_000;

/** Lists of what changes, asked for anew as far as a page shows them. Records themselves are not: each asking is recorded as a view. */
function createRefresh(client: QueryClient) {
  const again = (key: string, gapMs: number) =>
    runAtMost(() => void client.invalidateQueries({ queryKey: [key] }), gapMs);
  const clues = again("clues", cluesGapMs);
  const flags = again("map-flags", sourcesGapMs);
  const sources = again("sources", sourcesGapMs);
  const source = again("source", sourcesGapMs);
  const device = again("device", sourcesGapMs);
  const all = [clues, flags, sources, source, device];
  return {
    on: (change: Change): void => {
      if (change.kind === "clue") {
        clues();
        if (change.change === "opened" || change.change === "moved") {
          flags();
          sources();
        }
        if (change.change === "placed") flags();
      } else {
        sources();
        source();
        device();
      }
    },
    everything: () => {
      for (const ask of all) ask();
    },
    cancel: () => {
      for (const ask of all) ask.cancel();
    },
  };
}

/** Below the sign-in gate: hears what changes and lets the lists on the screen ask again. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ isLive: false, sinceMs: null });
  useEffect(() => {
    const refresh = createRefresh(client);
    const close = openLiveStream({
      onLive: (resumed) => {
        setState({ isLive: true, sinceMs: null });
        if (!resumed) refresh.everything();
      },
      onLost: (sinceMs) => setState({ isLive: false, sinceMs }),
      onChange: refresh.on,
      onEnd: () => void client.invalidateQueries({ queryKey: sessionKey }),
    });
    return () => {
      close();
      refresh.cancel();
    };
  }, [client]);
  return <LiveContext value={state}>{children}</LiveContext>;
}
