/** Addresses of stored bytes. The server records every reading of them in the custody log. */
export const pictureUrl = (evidenceId: string): string => `/api/evidence/${evidenceId}/media`;
export const clipUrl = (clipId: string): string => `/api/clips/${clipId}/media`;
export const documentUrl = (documentId: string, format: "docx" | "pdf"): string =>
  `/api/documents/${documentId}/file?format=${format}`;
/** One frame for looking; `widthPx` keeps a wall of them light. */
export const stillUrl = (clipId: string, offsetMs: number, widthPx?: number): string =>
  `/api/clips/${clipId}/still?offsetMs=${offsetMs}${widthPx === undefined ? "" : `&width=${widthPx}`}`;
/** A photo of an on-site check: upright to look at, or the phone's own bytes to keep. */
export const onSitePhotoUrl = (photoId: string, form: "view" | "original" = "view"): string =>
  `/api/on-site/photos/${photoId}/media?form=${form}`;
