import type { DatabaseOrTransaction } from "../db/index.ts";

/** Columns by which something that is kept relies on bytes of the store. While one names an object its bytes stay. */
export const objectReferences = [
  { column: "clip.sha256", where: "clip where sha256 = $1 and deleted_at is null" },
  { column: "evidence.sha256", where: "evidence where sha256 = $1 and deleted_at is null" },
  { column: "evidence.small_sha256", where: "evidence where small_sha256 = $1" },
  // telemetry inside a video or photo has the hash of that file, which stays as long as its clip does and no longer
  {
    column: "flight.telemetry_sha256",
    where: "flight where telemetry_sha256 = $1 and not exists (select 1 from clip where sha256 = $1)",
  },
  { column: "dissuasion.look_picture", where: "dissuasion where look_picture ->> 'sha256' = $1" },
  { column: "document.docx_sha256", where: "document where docx_sha256 = $1" },
  { column: "document.pdf_sha256", where: "document where pdf_sha256 = $1" },
  { column: "on_site_photo.sha256", where: "on_site_photo where sha256 = $1" },
  { column: "on_site_photo.view_sha256", where: "on_site_photo where view_sha256 = $1" },
  { column: "truck_file.sha256", where: "truck_file where sha256 = $1" },
  { column: "device_attachment.sha256", where: "device_attachment where sha256 = $1" },
  { column: "device_attachment.view_sha256", where: "device_attachment where view_sha256 = $1" },
  { column: "dock_file.kept_sha256", where: "dock_file where kept_sha256 = $1" },
] as const;

/** Columns with a hash that names something without needing its bytes, each with why. */
export const namesOnly: Readonly<Record<string, string>> = {
  "scene.sha256": "of the scene document, which is in the row",
  "upload.sha256": "of bytes in staging",
  "intake.sha256": "what arrived; the clip or flight made of it relies on it",
  "look.model_sha256": "of a model",
  "flag.model_sha256": "of a model",
  "evidence.parent_sha256": "statement of making; the clip relies on it",
  "dissuasion.look_sha256": "statement of making; the clip relies on it",
  "review.media_sha256": "what was seen then",
  "second_look.media_sha256": "what was seen then",
  "object_version.sheet_sha256": "of an imported sheet, which is not kept",
  "on_site_signature.sha256": "of the content, which is in the row",
  "deletion_certificate.sha256": "of what is gone",
  "dock_file.sha256": "what arrived; the clip or flight made of it relies on it",
};

/** The first column that relies on an object; null: nothing does. Ask under its lock. */
export async function findReference(tx: DatabaseOrTransaction, sha256: string): Promise<string | null> {
  for (const { column, where } of objectReferences) {
    const rows = await tx.$queryRawUnsafe<unknown[]>(`select 1 from ${where} limit 1`, sha256);
    if (rows.length > 0) return column;
  }
  return null;
}
