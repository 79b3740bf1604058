import { sceneCreatedSchema, sourceDetailSchema, type TrialView, trialSchema } from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const sourceKey = (id: string) => ["source", id] as const;
const pathOf = (id: string): string => `/api/sources/${encodeURIComponent(id)}`;

export function useSource(id: string) {
  return useQuery({
    queryKey: sourceKey(id),
    queryFn: () => getJson(pathOf(id), sourceDetailSchema),
    // a draft is on the page: what comes from outside must not move under it
    refetchOnWindowFocus: false,
  });
}

export function useTryScene(id: string) {
  return useMutation({
    mutationFn: (body: { scene: unknown; hours: number }): Promise<TrialView> =>
      sendJson("POST", `${pathOf(id)}/trials`, trialSchema, body),
  });
}

export function useSaveScene(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { scene: unknown; baseVersion: number }) =>
      sendJson("POST", "/api/sources", sceneCreatedSchema, body),
    // a refusal may mean that there is a newer version, and the page has to say so
    onSettled: () => {
      // not waited for: the editor has to know what it saved before the newer version is there
      void client.invalidateQueries({ queryKey: sourceKey(id) });
      void client.invalidateQueries({ queryKey: ["sources"] });
    },
  });
}
