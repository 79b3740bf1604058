import { mapBaseSchema, mapFlagsSchema } from "@mingcha/models/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getJson } from "../lib/api-client.ts";
import { useLive } from "../session/live.tsx";

/** Street lines and tiles under every map; the same until the server starts anew. */
export function useMapBase() {
  return useQuery({
    queryKey: ["map-base"],
    queryFn: () => getJson("/api/map/base", mapBaseSchema),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

interface Seen {
  readonly area: readonly [number, number, number, number];
  readonly across: number;
}

/** Flags by source that came in during the last `hours`; of what is seen alone, or everywhere. */
export function useMapFlags(hours: number, seen: Seen | null = null) {
  const { isLive } = useLive();
  return useQuery({
    queryKey: ["map-flags", hours, seen],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const now = Date.now();
      return getJson("/api/map/flags", mapFlagsSchema, {
        from: new Date(now - hours * 3_600_000).toISOString(),
        to: new Date(now + 60_000).toISOString(),
        bbox: seen?.area.join(","),
        across: seen?.across,
      });
    },
    refetchInterval: isLive ? 60_000 : 15_000,
  });
}
