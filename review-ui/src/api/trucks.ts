import {
  comparedSchema,
  type LeadMoveBody,
  leadMovedSchema,
  leadsSchema,
  okSchema,
  type TruckImportPreview,
  tripDetailSchema,
  tripsSchema,
  truckFilesSchema,
  truckImportPreviewSchema,
  truckImportResultSchema,
  truckRegisterSchema,
} from "@mingcha/models/http";
import type { Coordinates, LeadState, ObservationKind, TripRule } from "@mingcha/models/trips";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendFile, sendJson } from "../lib/api-client.ts";

const key = ["trucks"] as const;
const refetchMs = 30_000;

export function useTruckRegister(enabled = true) {
  return useQuery({
    queryKey: [...key, "register"],
    queryFn: () => getJson("/api/trucks/register", truckRegisterSchema),
    enabled,
    refetchInterval: refetchMs,
  });
}

export interface LeadsFilter {
  readonly state: LeadState;
  readonly rule?: TripRule | undefined;
}

export function useTruckLeads(filter: LeadsFilter, { limit = 50, enabled = true } = {}) {
  return useInfiniteQuery({
    queryKey: [...key, "leads", filter, limit],
    queryFn: ({ pageParam }) => getJson("/api/trucks/leads", leadsSchema, { ...filter, cursor: pageParam, limit }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: refetchMs,
  });
}

export interface TripsFilter {
  readonly day?: string | undefined;
  readonly plate?: string | undefined;
  readonly found?: "1" | undefined;
}

export function useTrips(filter: TripsFilter) {
  return useInfiniteQuery({
    queryKey: [...key, "trips", filter],
    queryFn: ({ pageParam }) => getJson("/api/trucks/trips", tripsSchema, { ...filter, cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}

export function useTrip(id: string) {
  return useQuery({
    queryKey: [...key, "trip", id],
    queryFn: () => getJson(`/api/trucks/trips/${id}`, tripDetailSchema),
  });
}

export function useTruckFiles() {
  return useQuery({
    queryKey: [...key, "files"],
    queryFn: () => getJson("/api/trucks/files", truckFilesSchema),
  });
}

/** Refused or not: what is on the page may be what has just changed. */
function useReload() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: key });
}

export function useMoveLead(id: string) {
  return useMutation({
    mutationFn: (body: LeadMoveBody) => sendJson("POST", `/api/trucks/leads/${id}/moves`, leadMovedSchema, body),
    onSettled: useReload(),
  });
}

export function useCompareDays() {
  return useMutation({
    mutationFn: (body: { from: string; to: string }) => sendJson("POST", "/api/trucks/compare", comparedSchema, body),
    onSettled: useReload(),
  });
}

export function useWithdrawTruckFile(id: string) {
  return useMutation({
    mutationFn: (reason: string) => sendJson("POST", `/api/trucks/files/${id}/withdraw`, okSchema, { reason }),
    onSettled: useReload(),
  });
}

interface Chosen {
  readonly kind: ObservationKind;
  readonly coordinates: Coordinates;
  readonly file: File;
}

export function usePreviewTruckFile() {
  return useMutation({
    mutationFn: ({ kind, coordinates, file }: Chosen) =>
      sendFile(`/api/trucks/import-preview?kind=${kind}&coordinates=${coordinates}`, truckImportPreviewSchema, file),
  });
}

export function useImportTruckFile() {
  return useMutation({
    mutationFn: ({ kind, coordinates, file, preview }: Chosen & { preview: TruckImportPreview }) =>
      sendFile(
        `/api/trucks/import?kind=${kind}&coordinates=${coordinates}&plan=${preview.plan}&name=${encodeURIComponent(file.name.slice(0, 200))}`,
        truckImportResultSchema,
        file,
      ),
    onSettled: useReload(),
  });
}

export const truckTemplateUrl = (kind: ObservationKind, language: "zh" | "en") =>
  `/api/trucks/template?kind=${kind}&language=${language}`;
