import {
  clueObjectsSchema,
  type ImportPreview,
  idSchema,
  importPreviewSchema,
  importResultSchema,
  type ObjectBody,
  type ObjectChangeBody,
  objectDetailSchema,
  objectSavedSchema,
  objectsSchema,
  okSchema,
} from "@mingcha/models/http";
import type { ObjectKind } from "@mingcha/models/objects";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendFile, sendJson } from "../lib/api-client.ts";

const listKey = ["objects"] as const;
const detailKey = (id: string) => ["object", id] as const;
const clueObjectsKey = (id: string) => ["clue-objects", id] as const;

export interface ObjectsFilter {
  readonly kind: ObjectKind;
  readonly q: string;
  readonly state: "open" | "closed";
}

export function useObjects(filter: ObjectsFilter) {
  return useInfiniteQuery({
    queryKey: [...listKey, filter],
    queryFn: ({ pageParam }) => getJson("/api/objects", objectsSchema, { ...filter, cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useObject(id: string) {
  return useQuery({ queryKey: detailKey(id), queryFn: () => getJson(`/api/objects/${id}`, objectDetailSchema) });
}

/** Refused or not: what is on the page may be what has just changed. */
function useReload(id?: string) {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: listKey });
    if (id !== undefined) void client.invalidateQueries({ queryKey: detailKey(id) });
  };
}

export function useCreateObject() {
  return useMutation({
    mutationFn: (body: ObjectBody) => sendJson("POST", "/api/objects", objectSavedSchema, body),
    onSettled: useReload(),
  });
}

export function useChangeObject(id: string) {
  return useMutation({
    mutationFn: (body: ObjectChangeBody) => sendJson("PATCH", `/api/objects/${id}`, objectSavedSchema, body),
    onSettled: useReload(id),
  });
}

export function useCloseObject(id: string) {
  return useMutation({
    mutationFn: (body: { version: number; reason: string }) =>
      sendJson("POST", `/api/objects/${id}/close`, objectSavedSchema, body),
    onSettled: useReload(id),
  });
}

export function usePreviewImport() {
  return useMutation({
    mutationFn: ({ kind, file }: { kind: ObjectKind; file: File }) =>
      sendFile(`/api/objects/import-preview?kind=${kind}`, importPreviewSchema, file),
  });
}

export function useImportObjects() {
  return useMutation({
    mutationFn: ({ preview: { kind, plan }, file }: { preview: ImportPreview; file: File }) =>
      sendFile(`/api/objects/import?kind=${kind}&plan=${plan}`, importResultSchema, file),
    onSettled: useReload(),
  });
}

export const sheetUrl = (
  what: "template" | "export",
  kind: ObjectKind,
  format: "xlsx" | "csv",
  language: "zh" | "en",
) => `/api/objects/${what}?kind=${kind}&format=${format}&language=${language}`;

/** What the register knows that bears on a record; `q` looks for more than is offered. */
export function useClueObjects(clueId: string, q: string) {
  return useQuery({
    queryKey: [...clueObjectsKey(clueId), q],
    queryFn: () => getJson(`/api/clues/${clueId}/objects`, clueObjectsSchema, { q }),
    placeholderData: keepPreviousData,
  });
}

function useReloadClueObjects(clueId: string) {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: clueObjectsKey(clueId) });
}

export function useConfirmMatch(clueId: string) {
  return useMutation({
    mutationFn: (body: { objectId: string; version: number }) =>
      sendJson("POST", `/api/clues/${clueId}/objects`, createdSchema, body),
    onSettled: useReloadClueObjects(clueId),
  });
}
const createdSchema = { parse: (value: unknown) => idSchema.parse((value as { id?: unknown } | null)?.id) };

export function useWithdrawMatch(clueId: string) {
  return useMutation({
    mutationFn: ({ matchId, reason }: { matchId: string; reason: string }) =>
      sendJson("POST", `/api/clues/${clueId}/objects/${matchId}/withdraw`, okSchema, { reason }),
    onSettled: useReloadClueObjects(clueId),
  });
}
