import { clockAskedSchema, clockViewSchema } from "@mingcha/models/http";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const pathOf = (id: string): string => `/api/sources/${encodeURIComponent(id)}`;

/** A device's clock over the last days; asked again soon while a comparison is on its way. */
export function useClock(id: string, days: number) {
  return useQuery({
    queryKey: ["clock", id, days],
    queryFn: () => getJson(`${pathOf(id)}/clock?days=${days}`, clockViewSchema),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.askedAt == null ? 60_000 : 2_000),
  });
}

/** Has the clock of a live source compared now. */
export function useAskClock(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson("POST", `${pathOf(id)}/clock-measurements`, clockAskedSchema),
    onSettled: () => client.invalidateQueries({ queryKey: ["clock", id] }),
  });
}
