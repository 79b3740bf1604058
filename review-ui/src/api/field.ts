import {
  clueRecordingsSchema,
  type FieldDecisionBody,
  type FieldQuery,
  fieldDecidedSchema,
  fieldDetailSchema,
  fieldListSchema,
  fieldWaitingSchema,
  lookPlaceSchema,
  patrolRunSchema,
  patrolRunsSchema,
} from "@mingcha/models/http";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const key = ["field-recordings"] as const;
const refetchMs = 30_000;

export type FieldFilter = Pick<FieldQuery, "state" | "sourceId" | "officerId" | "day">;

export function useFieldRecordings(filter: FieldFilter) {
  return useInfiniteQuery({
    queryKey: [...key, "list", filter],
    queryFn: ({ pageParam }) =>
      getJson("/api/field-recordings", fieldListSchema, { ...filter, cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}

export function useFieldRecording(clipId: string | null) {
  return useQuery({
    queryKey: [...key, "one", clipId],
    queryFn: () => getJson(`/api/field-recordings/${clipId}`, fieldDetailSchema),
    enabled: clipId !== null,
  });
}

export function useDecideField(clipId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FieldDecisionBody) =>
      sendJson("POST", `/api/field-recordings/${clipId}/decisions`, fieldDecidedSchema, body),
    // refused or not: what is on the page may be what has just changed
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useFieldWaiting(enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...key, "waiting"],
    queryFn: () => getJson("/api/field-recordings/waiting", fieldWaitingSchema),
    refetchInterval: refetchMs,
  });
}

/** Recordings linked with the steps of a record; asked for anew when the record has moved on. */
export function useClueRecordings(clueId: string, version: number) {
  return useQuery({
    queryKey: [...key, "clue", clueId, version],
    queryFn: () => getJson(`/api/clues/${clueId}/recordings`, clueRecordingsSchema),
  });
}

export function useLookPlace(clueId: string, enabled: boolean) {
  return useQuery({
    queryKey: ["look-place", clueId],
    queryFn: () => getJson(`/api/clues/${clueId}/look-place`, lookPlaceSchema),
    staleTime: 60_000,
    enabled,
  });
}

export function usePatrolRuns(day: string | undefined) {
  return useQuery({
    queryKey: ["patrol-runs", day],
    queryFn: () => getJson("/api/patrol-runs", patrolRunsSchema, { day }),
    placeholderData: keepPreviousData,
  });
}

export function usePatrolRun(id: string | null) {
  return useQuery({
    queryKey: ["patrol-runs", "one", id],
    queryFn: () => getJson(`/api/patrol-runs/${id}`, patrolRunSchema),
    enabled: id !== null,
  });
}
