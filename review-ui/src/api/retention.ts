import {
  certificateListSchema,
  type FailedDecision,
  type LegalHoldBody,
  legalHoldSetSchema,
  okSchema,
  retentionViewSchema,
} from "@mingcha/models/http";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getFile, getJson, sendJson } from "../lib/api-client.ts";

const retentionKey = ["retention"] as const;

export function useRetention() {
  return useQuery({
    queryKey: retentionKey,
    queryFn: () => getJson("/api/retention", retentionViewSchema),
    refetchInterval: 60_000,
  });
}

export function useCertificates(sourceId: string) {
  return useInfiniteQuery({
    queryKey: [...retentionKey, "certificates", sourceId],
    queryFn: ({ pageParam }) =>
      getJson("/api/retention/certificates", certificateListSchema, { cursor: pageParam, limit: 50, sourceId }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** Refused or not: what is on the page may be what has just changed. */
function useReload() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: retentionKey });
}

export function useSetHold() {
  const reload = useReload();
  return useMutation({
    mutationFn: (body: LegalHoldBody) => sendJson("POST", "/api/retention/holds", legalHoldSetSchema, body),
    onSettled: reload,
  });
}

export function useProposeLift(id: string) {
  const reload = useReload();
  return useMutation({
    mutationFn: (body: { version: number; reason: string }) =>
      sendJson("POST", `/api/retention/holds/${id}/lift-proposal`, okSchema, body),
    onSettled: reload,
  });
}

export function useDecideLift(id: string) {
  const reload = useReload();
  return useMutation({
    mutationFn: (body: { version: number; confirm: boolean }) =>
      sendJson("POST", `/api/retention/holds/${id}/lift`, okSchema, body),
    onSettled: reload,
  });
}

export function useDecideFailed(clipId: string) {
  const reload = useReload();
  return useMutation({
    mutationFn: (body: FailedDecision) => sendJson("POST", `/api/retention/failed/${clipId}`, okSchema, body),
    onSettled: reload,
  });
}

/** Saves the paper of one certificate, or of all of some days. */
export function useCertificatePaper() {
  return useMutation({
    mutationFn: async (of: { id: string } | { from: string; to: string }) => {
      const { blob, name } = await getFile(`/api/retention/certificates/paper?${new URLSearchParams(of)}`);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name ?? "certificates.pdf";
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
}
