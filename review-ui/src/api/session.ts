import {
  okSchema,
  sessionListSchema,
  sessionSchema,
  sessionsEndedSchema,
  type signInBodySchema,
  stepUpSchema,
} from "@mingcha/models/http";
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

/** The password once more: steps of the law are accepted again for a while. */
export function useStepUp() {
  return useMutation({
    mutationFn: (password: string) => sendJson("POST", "/api/session/step-up", stepUpSchema, { password }),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; next: string }) => sendJson("POST", "/api/session/password", okSchema, body),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: sessionKey }),
        client.invalidateQueries({ queryKey: sessionsKey }),
      ]),
  });
}

const sessionsKey = ["sessions"] as const;

export function useSessions() {
  return useQuery({ queryKey: sessionsKey, queryFn: () => getJson("/api/sessions", sessionListSchema) });
}

export function useEndOtherSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson("DELETE", "/api/sessions/others", sessionsEndedSchema),
    onSettled: () => void client.invalidateQueries({ queryKey: sessionsKey }),
  });
}

/** Districts of the bureau, which the session tells. */
export function useDistricts() {
  return useSession().data?.bureau.districts ?? [];
}
