/** Addresses of stored bytes. The server records every reading of them in the custody log. */
export const pictureUrl = (evidenceId: string): string => `/api/evidence/${evidenceId}/media`;
export const clipUrl = (clipId: string): string => `/api/clips/${clipId}/media`;
export const documentUrl = (documentId: string, format: "docx" | "pdf"): string =>
  `/api/documents/${documentId}/file?format=${format}`;
