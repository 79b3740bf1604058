import {
  type FlightCheckBody,
  type FlightStatementBody,
  flightChecksSchema,
  flightGroundSchema,
  flightsSchema,
  okSchema,
} from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const flightsKey = ["flights"] as const;

export function useFlights() {
  return useQuery({
    queryKey: flightsKey,
    queryFn: () => getJson("/api/flights", flightsSchema),
    refetchInterval: 15_000,
  });
}

/** Path, footprints and coverage; what a flight recorded does not change, only how many of its frames were analysed. */
export function useFlightGround(id: string) {
  return useQuery({
    queryKey: ["flight-ground", id],
    queryFn: () => getJson(`/api/flights/${id}/ground`, flightGroundSchema),
    staleTime: 60_000,
  });
}

export function useStateFlight(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FlightStatementBody) => sendJson("POST", `/api/flights/${id}/statements`, okSchema, body),
    onSettled: () => void client.invalidateQueries({ queryKey: flightsKey }),
  });
}

const checksKey = (id: string) => ["flight-checks", id] as const;

export function useFlightChecks(id: string) {
  return useQuery({ queryKey: checksKey(id), queryFn: () => getJson(`/api/flights/${id}/checks`, flightChecksSchema) });
}

export function useAnswerCheck(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FlightCheckBody) => sendJson("POST", `/api/flights/${id}/checks`, okSchema, body),
    // also after a refusal: what came first is what has to be seen
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: checksKey(id) }),
        client.invalidateQueries({ queryKey: flightsKey }),
      ]),
  });
}
