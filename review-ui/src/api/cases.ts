import {
  type CaseDetail,
  caseDetailSchema,
  type casePatchBodySchema,
  casesSchema,
  documentViewSchema,
} from "@mingcha/models/http";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

export type CasePatch = Parameters<typeof casePatchBodySchema.encode>[0];

const listKey = ["cases"] as const;
const caseKey = (id: string) => ["case", id] as const;

export function useCases() {
  return useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam }) => getJson("/api/cases", casesSchema, { cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 10_000,
  });
}

export function useCase(id: string) {
  return useQuery({
    queryKey: caseKey(id),
    queryFn: (): Promise<CaseDetail> => getJson(`/api/cases/${id}`, caseDetailSchema),
    // Each request is recorded as a view of the case.
    refetchOnWindowFocus: false,
  });
}

export function usePatchCase(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CasePatch) => sendJson("PATCH", `/api/cases/${id}`, caseDetailSchema, body),
    onSuccess: (detail) => {
      client.setQueryData(caseKey(id), detail);
      void client.invalidateQueries({ queryKey: listKey });
    },
  });
}

export function useReloadCase(id: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: caseKey(id) });
}

export function useDraftDocument(id: string) {
  const reload = useReloadCase(id);
  return useMutation({
    mutationFn: (template: string) => sendJson("POST", `/api/cases/${id}/documents`, documentViewSchema, { template }),
    onSuccess: () => reload(),
  });
}
