import {
  clueOnSiteSchema,
  myChecksSchema,
  type OnSiteSaveBody,
  okSchema,
  onSiteDispatchedSchema,
  onSitePhotoAddedSchema,
} from "@mingcha/models/http";
import type { OnSitePhotoKind, Position } from "@mingcha/models/on-site";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { changeHeaders, getJson, sendJson } from "../lib/api-client.ts";

const checksKey = (clueId: string) => ["on-site", clueId] as const;
const mineKey = ["on-site-mine"] as const;

/** Where the signed-in officer was sent. */
export function useMyChecks() {
  return useQuery({
    queryKey: mineKey,
    queryFn: () => getJson("/api/on-site", myChecksSchema),
    refetchInterval: 10_000,
  });
}

/** The checks of a record, the one in force first. Officers at work look for each other's signature; everybody else asks once. */
export function useClueChecks(clueId: string, pollMs: number | false = false, version = 0) {
  return useQuery({
    queryKey: [...checksKey(clueId), version],
    queryFn: () => getJson(`/api/clues/${clueId}/on-site`, clueOnSiteSchema),
    refetchInterval: pollMs,
    refetchOnWindowFocus: pollMs !== false,
    staleTime: pollMs === false ? 60_000 : 0,
  });
}

/** A change is sent at once or fails at once: nobody wants a signature to go out an hour later by itself. */
function useChange<T>(clueId: string, send: (input: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: send,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: checksKey(clueId) }),
        client.invalidateQueries({ queryKey: mineKey }),
      ]),
  });
}

export const useSaveFindings = (clueId: string, checkId: string) =>
  useChange(clueId, (body: OnSiteSaveBody) => sendJson("PATCH", `/api/on-site/${checkId}`, okSchema, body));

export const useSignCheck = (clueId: string, checkId: string) =>
  useChange(clueId, (body: { contentSha256: string; deviceKey: string }) =>
    sendJson("POST", `/api/on-site/${checkId}/sign`, okSchema, body),
  );

export const useWithdrawCheck = (clueId: string, checkId: string) =>
  useChange(clueId, (reason: string) => sendJson("POST", `/api/on-site/${checkId}/withdraw`, okSchema, { reason }));

export const useWithdrawPhoto = (clueId: string) =>
  useChange(clueId, ({ photoId, reason }: { photoId: string; reason: string }) =>
    sendJson("POST", `/api/on-site/photos/${photoId}/withdraw`, okSchema, { reason }),
  );

export const useDispatchAgain = (clueId: string) =>
  useChange(clueId, (officerIds: readonly string[]) =>
    sendJson("POST", `/api/clues/${clueId}/on-site`, onSiteDispatchedSchema, { officerIds }),
  );

export interface PhotoToSend {
  readonly checkId: string;
  readonly kind: OnSitePhotoKind;
  readonly bytes: ArrayBuffer;
  readonly takenAt: string;
  readonly sha256: string | null;
  readonly position: Position | null;
}

/** Sends one photo. Rejects with `TypeError` where nobody answered; else answers with status and body. */
export async function sendPhoto(photo: PhotoToSend): Promise<{ status: number; body: unknown }> {
  const query = new URLSearchParams({ kind: photo.kind, takenAt: photo.takenAt });
  if (photo.sha256 !== null) query.set("sha256", photo.sha256);
  if (photo.position !== null) {
    query.set("longitude", String(photo.position.longitude));
    query.set("latitude", String(photo.position.latitude));
    if (photo.position.accuracyM !== null) query.set("accuracyM", String(photo.position.accuracyM));
  }
  const answer = await fetch(`/api/on-site/${photo.checkId}/photos?${query}`, {
    method: "POST",
    credentials: "same-origin",
    headers: { ...changeHeaders, "content-type": "application/octet-stream" },
    body: photo.bytes,
  });
  const body: unknown = await answer.json().catch(() => null);
  return { status: answer.status, body: answer.ok ? onSitePhotoAddedSchema.parse(body) : body };
}
