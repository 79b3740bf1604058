import {
  missedLooksSchema,
  nextSampleSchema,
  okSchema,
  type SampleAnswerBody,
  statisticsSchema,
} from "@mingcha/models/http";
import type { PrecisionGroup } from "@mingcha/models/statistics";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

export interface StatisticsAsk {
  /** Days; left out: the last thirty. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly group: PrecisionGroup;
}

export function useStatistics({ from, to, group }: StatisticsAsk) {
  return useQuery({
    queryKey: ["statistics", from, to, group],
    queryFn: () => getJson("/api/statistics", statisticsSchema, { from, to, group }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** Address of the same figures as a workbook. */
export function statisticsFileUrl({ from, to }: { from: string; to: string }, chinese: boolean): string {
  return `/api/statistics.xlsx?from=${from}&to=${to}&lang=${chinese ? "zh" : "en"}`;
}

const nextKey = ["samples", "next"] as const;

export function useNextSample(enabled: boolean) {
  return useQuery({
    queryKey: nextKey,
    queryFn: () => getJson("/api/samples/next", nextSampleSchema),
    refetchOnWindowFocus: false,
    enabled,
  });
}

export function useAnswerSample() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: SampleAnswerBody }) =>
      sendJson("POST", `/api/samples/${id}/answers`, okSchema, body),
    // Refused or not, what is to be judged next may be another look.
    onSettled: () => client.invalidateQueries({ queryKey: ["samples"] }),
  });
}

export function useMissedLooks(enabled: boolean) {
  return useQuery({
    queryKey: ["samples", "misses"],
    queryFn: () => getJson("/api/samples/misses", missedLooksSchema),
    enabled,
  });
}
