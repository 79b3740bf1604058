import { drawsSchema, okSchema, secondLooksSchema } from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const secondLooksKey = ["second-looks"] as const;

export function useSecondLooks(enabled = true) {
  return useQuery({
    queryKey: secondLooksKey,
    queryFn: () => getJson("/api/second-looks", secondLooksSchema),
    refetchInterval: 15_000,
    enabled,
  });
}

/** Every draw of a day, for the auditor. */
export function useDraws(day: string) {
  return useQuery({
    queryKey: [...secondLooksKey, "draws", day],
    queryFn: () => getJson("/api/second-looks/draws", drawsSchema, { day }),
  });
}

export function useLiftFallback(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => sendJson("POST", `/api/merged-fallbacks/${id}/lift`, okSchema, { reason }),
    onSettled: () => void client.invalidateQueries({ queryKey: secondLooksKey }),
  });
}
