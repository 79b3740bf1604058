import type { OnSitePhotoKind, Position } from "@mingcha/models/on-site";
import { useEffect, useSyncExternalStore } from "react";
import { sendPhoto } from "../../../api/on-site.ts";
import { randomId } from "../device-key.ts";
import { dropPhoto, keepPhoto, keptPhotos } from "./phone-store.ts";
import { createPhotoQueue } from "./photo-queue.ts";

/** One queue for the tab: it goes on while another page is open. */
const queue = createPhotoQueue({ keep: keepPhoto, drop: dropPhoto, list: keptPhotos, send: sendPhoto });
let isWatching = false;

function watchNetwork(): void {
  if (isWatching) return;
  isWatching = true;
  window.addEventListener("online", queue.flush);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") queue.flush();
  });
  // asks that the browser does not throw the photos away when the phone is full
  void navigator.storage?.persist?.().catch(() => false);
}

/** The photos on their way, and how to add one. */
export function usePhotoQueue(personId: string) {
  const photos = useSyncExternalStore(queue.subscribe, queue.read);
  useEffect(() => {
    watchNetwork();
    queue.start(personId);
  }, [personId]);
  return { photos, ...queue };
}

interface Taken {
  readonly file: File;
  readonly kind: OnSitePhotoKind;
  readonly position: Position | null;
  readonly personId: string;
  readonly clueId: string;
  readonly checkId: string;
}

/** Keeps what the camera gave. The hash is taken here, where the browser can, so that a transfer that changes a byte is seen. */
export async function keepTaken({ file, ...about }: Taken): Promise<void> {
  const bytes = await file.arrayBuffer();
  await queue.add({
    ...about,
    key: randomId(),
    bytes,
    mediaType: file.type,
    takenAt: new Date().toISOString(),
    sha256: await hashOf(bytes),
    refused: null,
  });
}

async function hashOf(bytes: ArrayBuffer): Promise<string | null> {
  if (!window.isSecureContext) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
