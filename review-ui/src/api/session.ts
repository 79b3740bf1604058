import { okSchema, sessionSchema, type signInBodySchema } from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";
import { sessionKey } from "../lib/query-client.ts";

export type SignIn = ReturnType<typeof signInBodySchema.parse>;

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: () => getJson("/api/session", sessionSchema),
    staleTime: 60_000,
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SignIn) => sendJson("POST", "/api/session", sessionSchema, body),
    onSuccess: (session) => client.setQueryData(sessionKey, session),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson("DELETE", "/api/session", okSchema),
    onSettled: () => {
      // Nothing that one person could see may be left for the next at the same desk.
      client.clear();
      window.location.assign("/");
    },
  });
}
