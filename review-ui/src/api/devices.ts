import {
  type ClockSampleBody,
  type DeviceRecordBody,
  deviceAttachmentAddedSchema,
  deviceRecordCreatedSchema,
  deviceSchema,
  okSchema,
} from "@mingcha/models/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendFile, sendJson } from "../lib/api-client.ts";

const deviceKey = (id: string) => ["device", id] as const;
const pathOf = (id: string): string => `/api/sources/${encodeURIComponent(id)}`;

export function useDevice(id: string) {
  return useQuery({ queryKey: deviceKey(id), queryFn: () => getJson(`${pathOf(id)}/device`, deviceSchema) });
}

/** Asks for the device anew. */
export function useReloadDevice(id: string) {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: deviceKey(id) });
}

export function useAddRecord(id: string) {
  return useMutation({
    mutationFn: (body: DeviceRecordBody) => sendJson("POST", `${pathOf(id)}/records`, deviceRecordCreatedSchema, body),
    onSettled: useReloadDevice(id),
  });
}

export function useWithdrawRecord(id: string) {
  return useMutation({
    mutationFn: ({ recordId, reason }: { recordId: string; reason: string }) =>
      sendJson("POST", `${pathOf(id)}/records/${recordId}/withdraw`, okSchema, { reason }),
    onSettled: useReloadDevice(id),
  });
}

export function useAttach(id: string) {
  return useMutation({
    mutationFn: ({ recordId, file }: { recordId: string; file: Blob }) =>
      sendFile(`${pathOf(id)}/records/${recordId}/attachments`, deviceAttachmentAddedSchema, file),
    onSettled: useReloadDevice(id),
  });
}

export function useWithdrawAttachment(id: string) {
  return useMutation({
    mutationFn: ({ recordId, attachmentId, reason }: { recordId: string; attachmentId: string; reason: string }) =>
      sendJson("POST", `${pathOf(id)}/records/${recordId}/attachments/${attachmentId}/withdraw`, okSchema, { reason }),
    onSettled: useReloadDevice(id),
  });
}

export function useAddClockSample(id: string) {
  const client = useQueryClient();
  const reload = useReloadDevice(id);
  return useMutation({
    mutationFn: (body: ClockSampleBody) => sendJson("POST", `${pathOf(id)}/clock-samples`, okSchema, body),
    onSettled: () => {
      reload();
      void client.invalidateQueries({ queryKey: ["clock", id] });
    },
  });
}
