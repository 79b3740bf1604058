import type { DataTracks } from "@mingcha/infra/media";
import { asPiece, formatInside, formatOfHead, type TelemetryFormat } from "./index.ts";
import { refuseTelemetry, type TelemetryOptions, type TelemetryRefusal, type TelemetryResult } from "./telemetry.ts";

/** A file's first bytes tell what it is. */
export const headBytes = 4_096;

/** What a parser gave, and which parser it was. */
export interface ReadTelemetry {
  readonly format: TelemetryFormat;
  readonly result: TelemetryResult;
}

/** Reads a file that is telemetry by itself; undefined where it is none. */
export async function readTelemetryFile(
  bytes: Uint8Array,
  options: TelemetryOptions = {},
): Promise<ReadTelemetry | undefined> {
  const format = formatOfHead(bytes.subarray(0, headBytes));
  if (format === undefined) return undefined;
  if (bytes.length > format.bytesMax)
    return { format, result: refuseTelemetry("telemetry_too_large", `${bytes.length} bytes`) };
  return { format, result: await format.read(asPiece(bytes), options) };
}

/** Marks under which telemetry may lie in a video. */
export const trackMarks = ["gpmd", "djmd", "KLVA"] as const;

/**
 * What a video carries inside: the first track that places something, else the first that can be read at all, else the position in its
 * index. Tracks that cannot be read are told with their reason, never dropped.
 */
export async function readInside(
  { tracks, moov }: DataTracks,
  options: TelemetryOptions = {},
): Promise<{ found: ReadTelemetry | undefined; refused: { format: string; refusal: TelemetryRefusal }[] }> {
  const refused: { format: string; refusal: TelemetryRefusal }[] = [];
  let second: ReadTelemetry | undefined;
  for (const { mark, samples } of tracks) {
    const format = formatInside(mark);
    if (format === undefined) continue;
    const result = await format.read(samples, options);
    if (result.kind === "refused") refused.push({ format: format.key, refusal: result });
    else if (result.entries.some(({ longitude }) => longitude !== null)) return { found: { format, result }, refused };
    else second ??= { format, result };
  }
  if (second === undefined && moov !== null) {
    const format = formatInside("moov");
    const result = await format?.read(asPiece(moov), options);
    if (format !== undefined && result?.kind === "ok") second = { format, result };
  }
  return { found: second, refused };
}
