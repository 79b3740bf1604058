import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { PhotoQueue } from "./queue/photo-queue.ts";

/** A photo that has arrived shows as the server has it. */
export function useRefreshOnSent(onSent: PhotoQueue["onSent"], clueId: string): void {
  const client = useQueryClient();
  useEffect(
    () =>
      onSent((photo) => {
        if (photo.clueId === clueId) void client.invalidateQueries({ queryKey: ["on-site", clueId] });
      }),
    [client, onSent, clueId],
  );
}
