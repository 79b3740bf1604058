import {
  accountsSchema,
  type CertificateBody,
  type ChangePersonBody,
  certificateCreatedSchema,
  type NewPersonBody,
  okSchema,
  passwordResetSchema,
  personCreatedSchema,
} from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../lib/api-client.ts";

const accountsKey = ["accounts"] as const;

export function useAccounts() {
  return useQuery({
    queryKey: accountsKey,
    queryFn: () => getJson("/api/people/accounts", accountsSchema),
    refetchInterval: 30_000,
  });
}

/** Refused or not: what is on the page may be what has just changed. */
function useReload() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: accountsKey });
}

export function useCreatePerson() {
  return useMutation({
    mutationFn: (body: NewPersonBody) => sendJson("POST", "/api/people", personCreatedSchema, body),
    onSettled: useReload(),
  });
}

export function useChangePerson(id: string) {
  return useMutation({
    mutationFn: (body: ChangePersonBody) => sendJson("PATCH", `/api/people/${id}`, okSchema, body),
    onSettled: useReload(),
  });
}

export function useResetPassword(id: string) {
  return useMutation({
    mutationFn: () => sendJson("POST", `/api/people/${id}/password`, passwordResetSchema),
    onSettled: useReload(),
  });
}

export function useAddCertificate(id: string) {
  return useMutation({
    mutationFn: (body: CertificateBody) =>
      sendJson("POST", `/api/people/${id}/certificates`, certificateCreatedSchema, body),
    onSettled: useReload(),
  });
}

export function useWithdrawCertificate(id: string) {
  return useMutation({
    mutationFn: ({ certificateId, reason }: { certificateId: string; reason: string }) =>
      sendJson("POST", `/api/people/${id}/certificates/${certificateId}/withdraw`, okSchema, { reason }),
    onSettled: useReload(),
  });
}
