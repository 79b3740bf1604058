import { open, readFile } from "node:fs/promises";
import { extname } from "node:path";
import { type MediaInfo, type MediaTools, probe } from "@mingcha/infra/media";
import { readDjiSrt } from "../telemetry/dji-srt.ts";
import { looksLikeSubtitles } from "../telemetry/looks-like-subtitles.ts";
import { type IntakeRefusal, refuseIntake } from "./refusal.ts";

export type Examined =
  | { readonly kind: "media"; readonly media: MediaInfo }
  | { readonly kind: "telemetry" }
  | IntakeRefusal;

const fileBytesMax = 64 * 1024 ** 3;
const subtitleBytesMax = 256 * 1024 ** 2;
const durationMsMax = 24 * 3_600_000;
const headBytes = 4_096;
const probeLimitMs = 60_000;

/**
 * Finds out what a file is, by its content alone, before a byte of it is stored. Everything is hostile until here: lists and scripts
 * are never followed, the tools run with whitelists and limits (ingest note §6).
 */
export async function examineFile(tools: MediaTools, path: string, fileName: string): Promise<Examined> {
  const head = await readHead(path);
  if (head === null) return refuseIntake("file_gone");
  if (head.sizeBytes > fileBytesMax) return refuseIntake("too_large");
  if (looksLikeSubtitles(head.text)) return examineTelemetry(path, head.sizeBytes);
  const probed = await probe(tools, path, { wallMs: probeLimitMs });
  if (probed.kind === "refused") return refuseIntake(probed.code, readableDetail(probed.detail, path, fileName));
  const { media } = probed;
  if (/^\.lr[fv]$/i.test(extname(fileName))) return refuseIntake("preview_copy");
  if (!media.isPhoto && media.durationMs <= 0) return refuseIntake("no_length");
  if (media.durationMs > durationMsMax) return refuseIntake("too_long", `${media.durationMs} ms`);
  return { kind: "media", media };
}

/** The tools' own words without paths and memory addresses: these belong in no screen. */
function readableDetail(detail: string | undefined, path: string, fileName: string): string | undefined {
  return detail?.replaceAll(path, fileName).replaceAll(/\[[^\]]{0,40}@ 0x[0-9a-f]+\] |\[error\] /g, "");
}

async function examineTelemetry(path: string, sizeBytes: number): Promise<Examined> {
  if (sizeBytes > subtitleBytesMax) return refuseIntake("telemetry_too_large");
  const telemetry = readDjiSrt(await readFile(path, "utf8"));
  return telemetry.kind === "ok" ? { kind: "telemetry" } : refuseIntake(telemetry.code, telemetry.detail);
}

async function readHead(path: string): Promise<{ text: string; sizeBytes: number } | null> {
  const handle = await open(path, "r").catch(() => null);
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return { text: buffer.toString("utf8", 0, bytesRead), sizeBytes: size };
  } finally {
    await handle.close();
  }
}
