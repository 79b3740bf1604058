import {
  type ApproveSuppressionBody,
  okSchema,
  suppressionCreatedSchema,
  suppressionsSchema,
} from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const suppressionsKey = ["suppressions"] as const;

export function useSuppressions() {
  return useQuery({
    queryKey: suppressionsKey,
    queryFn: () => getJson("/api/suppressions", suppressionsSchema),
    refetchInterval: 15_000,
  });
}

/** Refused or not: what is on the page may be what has just changed. */
function useReload() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: suppressionsKey });
}

export function useApproveSuppression() {
  const reload = useReload();
  return useMutation({
    mutationFn: (body: ApproveSuppressionBody) => sendJson("POST", "/api/suppressions", suppressionCreatedSchema, body),
    onSettled: reload,
  });
}

export function useRevokeSuppression(id: string) {
  const reload = useReload();
  return useMutation({
    mutationFn: (reason: string) => sendJson("POST", `/api/suppressions/${id}/revoke`, okSchema, { reason }),
    onSettled: reload,
  });
}
