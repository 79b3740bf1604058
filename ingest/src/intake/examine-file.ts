import { open, readFile } from "node:fs/promises";
import { extname } from "node:path";
import { type MediaInfo, type MediaTools, probe, readDataTracks } from "@mingcha/infra/media";
import { asPiece, formatInside, formatOfHead, type TelemetryFormat } from "../telemetry/index.ts";
import { headBytes, readInside, readTelemetryFile, trackMarks } from "../telemetry/read-any.ts";
import { type IntakeRefusal, refuseIntake } from "./refusal.ts";
import type { Inside } from "./settle-telemetry.ts";

export type Examined =
  /** `inside`: telemetry that the video or photo itself carries. */
  | { readonly kind: "media"; readonly media: MediaInfo; readonly inside: Inside }
  | { readonly kind: "telemetry" }
  | IntakeRefusal;

const fileBytesMax = 64 * 1024 ** 3;
const durationMsMax = 24 * 3_600_000;
/** A photo's metadata stands before its picture. */
const photoBytesMax = 64 * 1024 ** 2;
const probeLimitMs = 60_000;

/**
 * Finds out what a file is, by its content alone, before a byte of it is stored. Everything is hostile until here: lists and scripts
 * are never followed, the tools run with whitelists and limits (ingest note §6).
 */
export async function examineFile(tools: MediaTools, path: string, fileName: string): Promise<Examined> {
  const head = await readHead(path);
  if (head === null) return refuseIntake("file_gone");
  if (head.sizeBytes > fileBytesMax) return refuseIntake("too_large");
  const format = formatOfHead(head.bytes);
  if (format !== undefined) return examineTelemetry(path, head.sizeBytes, format);
  const probed = await probe(tools, path, { wallMs: probeLimitMs });
  if (probed.kind === "refused") return refuseIntake(probed.code, readableDetail(probed.detail, path, fileName));
  const { media } = probed;
  if (/^\.lr[fv]$/i.test(extname(fileName))) return refuseIntake("preview_copy");
  if (!media.isPhoto && media.durationMs <= 0) return refuseIntake("no_length");
  if (media.durationMs > durationMsMax) return refuseIntake("too_long", `${media.durationMs} ms`);
  return { kind: "media", media, inside: await examineInside(tools, path, media) };
}

/** What lies inside a recording; nothing in there can keep the recording itself from being taken. */
async function examineInside(tools: MediaTools, path: string, media: MediaInfo): Promise<Inside> {
  if (!media.isPhoto) return readInside(await readDataTracks(tools, path, trackMarks));
  const photo = media.demuxer === "jpeg_pipe" && media.bytes <= photoBytesMax ? formatInside("jpeg") : undefined;
  const result = await photo?.read(asPiece(await readFile(path)), {});
  return { found: photo !== undefined && result?.kind === "ok" ? { format: photo, result } : undefined, refused: [] };
}

/** The tools' own words without paths and memory addresses: these belong in no screen. */
function readableDetail(detail: string | undefined, path: string, fileName: string): string | undefined {
  return detail?.replaceAll(path, fileName).replaceAll(/\[[^\]]{0,40}@ 0x[0-9a-f]+\] |\[error\] /g, "");
}

async function examineTelemetry(path: string, sizeBytes: number, format: TelemetryFormat): Promise<Examined> {
  if (sizeBytes > format.bytesMax) return refuseIntake("telemetry_too_large");
  const result = (await readTelemetryFile(await readFile(path)))?.result;
  if (result === undefined) return refuseIntake("file_gone");
  return result.kind === "ok" ? { kind: "telemetry" } : refuseIntake(result.code, result.detail);
}

async function readHead(path: string): Promise<{ bytes: Uint8Array; sizeBytes: number } | null> {
  const handle = await open(path, "r").catch(() => null);
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return { bytes: buffer.subarray(0, bytesRead), sizeBytes: size };
  } finally {
    await handle.close();
  }
}
