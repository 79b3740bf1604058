/** Addresses of stored bytes. The server records every reading of them in the custody log. */
export const pictureUrl = (evidenceId: string): string => `/api/evidence/${evidenceId}/media`;
/** What stays for a while of a picture whose time was over. */
export const smallPictureUrl = (evidenceId: string): string => `/api/evidence/${evidenceId}/small`;
export const clipUrl = (clipId: string): string => `/api/clips/${clipId}/media`;
export const documentUrl = (documentId: string, format: "docx" | "pdf"): string =>
  `/api/documents/${documentId}/file?format=${format}`;
const prefetched = new Set<string>();

/** Fetches a picture of the next record into the browser's store. The header tells the server that nobody looks yet. */
export async function prefetchPicture(evidenceId: string): Promise<void> {
  if (prefetched.has(evidenceId)) return;
  const answer = await fetch(pictureUrl(evidenceId), {
    headers: { "x-mingcha-prefetch": "1" },
    credentials: "same-origin",
  }).catch(() => null);
  if (answer?.ok !== true) return;
  await answer.arrayBuffer().catch(() => undefined);
  prefetched.add(evidenceId);
  const image = new Image();
  image.src = pictureUrl(evidenceId);
  await image.decode().catch(() => undefined);
}

/** Tells the server that a picture which was fetched ahead is shown now. The others it has handed out for looking itself. */
export function recordPrefetchedView(evidenceId: string): void {
  if (!prefetched.delete(evidenceId)) return;
  void fetch(pictureUrl(evidenceId), {
    method: "HEAD",
    credentials: "same-origin",
    cache: "no-store",
    keepalive: true,
  }).catch(() => undefined);
}

/** The newest order to correct of a record as a draft to hand over. */
export const correctionOrderUrl = (clueId: string, format: "docx" | "pdf"): string =>
  `/api/clues/${clueId}/correction-order?format=${format}`;
/** One frame for looking; `widthPx` keeps a wall of them light. */
export const stillUrl = (clipId: string, offsetMs: number, widthPx?: number): string =>
  `/api/clips/${clipId}/still?offsetMs=${offsetMs}${widthPx === undefined ? "" : `&width=${widthPx}`}`;
/** A photo of an on-site check: upright to look at, or the phone's own bytes to keep. */
export const onSitePhotoUrl = (photoId: string, form: "view" | "original" = "view"): string =>
  `/api/on-site/photos/${photoId}/media?form=${form}`;
export const attachmentUrl = (attachmentId: string, form: "view" | "original"): string =>
  `/api/device-attachments/${attachmentId}/media?form=${form}`;
