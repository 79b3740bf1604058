import {
  type ClueRecusalBody,
  clueRecusalsSchema,
  okSchema,
  type RecusalDecisionBody,
  recusalCreatedSchema,
  recusalsSchema,
  type StandingRecusalBody,
} from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";
import { reloadClue } from "./clues.ts";

const recusalsKey = ["recusals"] as const;
export type RecusalScope = "open" | "standing" | "own";

export function useRecusals(scope: RecusalScope, enabled = true) {
  return useQuery({
    queryKey: [...recusalsKey, scope],
    queryFn: () => getJson("/api/recusals", recusalsSchema, { scope }),
    refetchInterval: 30_000,
    enabled,
  });
}

export function useClueRecusals(clueId: string) {
  return useQuery({
    queryKey: [...recusalsKey, "clue", clueId],
    queryFn: () => getJson(`/api/clues/${clueId}/recusals`, clueRecusalsSchema),
  });
}

function useReload() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: recusalsKey });
}

/** What may be done with the record follows from its recusals, so its page is asked for again. */
export function useRaiseClueRecusal(clueId: string) {
  const client = useQueryClient();
  const reload = useReload();
  return useMutation({
    mutationFn: (body: ClueRecusalBody) =>
      sendJson("POST", `/api/clues/${clueId}/recusals`, recusalCreatedSchema, body),
    onSuccess: () => reloadClue(client, clueId),
    onSettled: reload,
  });
}

export function useRecordRecusal() {
  return useMutation({
    mutationFn: (body: StandingRecusalBody) => sendJson("POST", "/api/recusals", recusalCreatedSchema, body),
    onSettled: useReload(),
  });
}

export function useDecideRecusal(id: string) {
  return useMutation({
    mutationFn: (body: RecusalDecisionBody) => sendJson("POST", `/api/recusals/${id}/decision`, okSchema, body),
    onSettled: useReload(),
  });
}
