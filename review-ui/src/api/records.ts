import {
  custodyCheckSchema,
  custodySchema,
  intakeSchema,
  okSchema,
  peopleSchema,
  type SourceDistrictBody,
  sceneCreatedSchema,
  sourcesSchema,
  statusSchema,
} from "@mingcha/models/http";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";
import { useLive } from "../session/live.tsx";

const sourcesKey = ["sources"] as const;

/** Who may be named as handler, for a record with why somebody may not. */
export function useHandlers(enabled: boolean, clueId?: string) {
  return useQuery({
    queryKey: ["people", "handler", clueId],
    queryFn: () => getJson("/api/people", peopleSchema, { duty: "handler", clueId }),
    staleTime: 60_000,
    enabled,
  });
}

/** Ages go on by themselves: a source that has stopped sending is told by nobody. */
const sourcesWhileLiveMs = 30_000;

export function useSources(refetchMs: number | false = false) {
  const { isLive } = useLive();
  return useQuery({
    queryKey: sourcesKey,
    queryFn: () => getJson("/api/sources", sourcesSchema),
    staleTime: 30_000,
    refetchInterval: refetchMs !== false && isLive ? Math.max(refetchMs, sourcesWhileLiveMs) : refetchMs,
  });
}

export function useRegisterScene() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (scene: unknown) => sendJson("POST", "/api/sources", sceneCreatedSchema, { scene }),
    onSuccess: () => void client.invalidateQueries({ queryKey: sourcesKey }),
  });
}

export function useIntake() {
  return useInfiniteQuery({
    queryKey: ["intake"],
    queryFn: ({ pageParam }) => getJson("/api/intake", intakeSchema, { cursor: pageParam, limit: 30 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 3_000,
  });
}

export function useStatus() {
  return useQuery({
    queryKey: ["status"],
    queryFn: () => getJson("/api/status", statusSchema),
    refetchInterval: 5_000,
  });
}

export function useCustody(subject: string) {
  return useInfiniteQuery({
    queryKey: ["custody", subject],
    queryFn: ({ pageParam }) => getJson("/api/custody", custodySchema, { subject, cursor: pageParam, limit: 100 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useCheckCustody() {
  return useMutation({ mutationFn: () => sendJson("POST", "/api/custody/check", custodyCheckSchema) });
}

export function useSetDistrict(sourceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SourceDistrictBody) =>
      sendJson("POST", `/api/sources/${encodeURIComponent(sourceId)}/district`, okSchema, body),
    onSettled: () => void client.invalidateQueries({ queryKey: sourcesKey }),
  });
}
