import { okSchema, type StreamBody, streamViewSchema } from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const pathOf = (id: string): string => `/api/sources/${encodeURIComponent(id)}/stream`;
const keyOf = (id: string) => ["stream", id] as const;

/** How a live source stands; asked again every few seconds, since a connection comes and goes by itself. */
export function useStream(id: string) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: () => getJson(pathOf(id), streamViewSchema),
    refetchInterval: 5_000,
  });
}

export function useSetStream(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: StreamBody) => sendJson("PUT", pathOf(id), okSchema, body),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(id) }),
  });
}
