import {
  type DockBody,
  type DockFileDecisionBody,
  dockClaimsSchema,
  dockDetailSchema,
  dockFileDecidedSchema,
  docksSchema,
  okSchema,
} from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const refetchMs = 10_000;
const pathOf = (sn: string): string => `/api/docks/${encodeURIComponent(sn)}`;

/** Every dock; asked again now and then, since they come and go by themselves. */
export function useDocks() {
  return useQuery({
    queryKey: ["docks"],
    queryFn: () => getJson("/api/docks", docksSchema),
    refetchInterval: refetchMs,
  });
}

export function useDock(sn: string) {
  return useQuery({
    queryKey: ["docks", sn],
    queryFn: () => getJson(pathOf(sn), dockDetailSchema),
    refetchInterval: refetchMs,
  });
}

/** What the dock's message said of a file beside what the file itself says; asked for when somebody wants to see it. */
export function useDockClaims(sn: string, fileId: string) {
  return useQuery({
    queryKey: ["docks", sn, "claims", fileId],
    queryFn: () => getJson(`${pathOf(sn)}/files/${fileId}/claims`, dockClaimsSchema),
  });
}

export function useSetDock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ sn, ...body }: DockBody & { sn: string }) => sendJson("PUT", pathOf(sn), okSchema, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["docks"] }),
  });
}

/** Closes a file that did not fit, or opens it again. */
export function useDecideDockFile(sn: string, fileId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DockFileDecisionBody) =>
      sendJson("POST", `${pathOf(sn)}/files/${fileId}/decisions`, dockFileDecidedSchema, body),
    // refused or not: what is on the page may be what has just changed
    onSettled: () => client.invalidateQueries({ queryKey: ["docks"] }),
  });
}
