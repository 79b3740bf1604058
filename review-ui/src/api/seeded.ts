import {
  okSchema,
  ownKnownSchema,
  type SeededItemBody,
  seededItemsSchema,
  seededPlantedSchema,
} from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const seededKey = ["seeded"] as const;

export function useSeeded() {
  return useQuery({ queryKey: seededKey, queryFn: () => getJson("/api/seeded-items", seededItemsSchema) });
}

export function useOwnKnown() {
  return useQuery({
    queryKey: [...seededKey, "mine"],
    queryFn: () => getJson("/api/seeded-items/mine", ownKnownSchema),
  });
}

export function usePlantSeeded() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SeededItemBody) => sendJson("POST", "/api/seeded-items", seededPlantedSchema, body),
    onSettled: () => void client.invalidateQueries({ queryKey: seededKey }),
  });
}

export function useWithdrawSeeded() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sendJson("POST", `/api/seeded-items/${id}/withdraw`, okSchema),
    onSettled: () => void client.invalidateQueries({ queryKey: seededKey }),
  });
}
