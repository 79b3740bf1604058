import type { Database, SourceModel } from "@mingcha/infra/db";

/** Sources that collect what names none. */
export const catchAllSources = {
  drone: { id: "drone-uploads", name: "无人机上传 Drone uploads", kind: "drone" },
  file: { id: "uploads", name: "文件上传 Uploaded files", kind: "file" },
} as const;

/** The catch-all for a file without a source: telemetry beside it, or a name only DJI gives, tells a flight. */
export function catchAllFor(fileName: string, hasTelemetry: boolean): (typeof catchAllSources)["drone" | "file"] {
  return hasTelemetry || /^DJI_/i.test(fileName) ? catchAllSources.drone : catchAllSources.file;
}

/** The source a file belongs to; null where it names one that does not exist. */
export async function chooseSource(
  db: Pick<Database, "source">,
  file: { readonly sourceId: string | null; readonly fileName: string; readonly hasTelemetry: boolean },
): Promise<SourceModel | null> {
  if (file.sourceId !== null) return db.source.findUnique({ where: { id: file.sourceId } });
  const { id, name, kind } = catchAllFor(file.fileName, file.hasTelemetry);
  return db.source.upsert({ where: { id }, create: { id, name, kind, place: "" }, update: {} });
}
