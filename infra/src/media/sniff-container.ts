import { open } from "node:fs/promises";
import { type Refusal, refuse } from "./refusal.ts";

/** Containers we read, by the name of the one demuxer that may open them. */
export type Demuxer = "mov" | "matroska" | "mpegts" | "jpeg_pipe" | "png_pipe";

export type Sniffed = { kind: "ok"; demuxer: Demuxer; bytes: number };

const ascii = (head: Buffer, from: number, to: number): string => head.toString("latin1", from, to);

const quickTimeAtoms = new Set(["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"]);

/** The demuxer a file's first bytes ask for. A name or an extension is never looked at: a playlist called x.mp4 stays a playlist. */
export function demuxerOfHead(head: Buffer): Demuxer | "playlist" | undefined {
  if (quickTimeAtoms.has(ascii(head, 4, 8))) return "mov";
  if (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3) return "matroska";
  if (head[0] === 0x47 && (head.length < 189 || head[188] === 0x47)) return "mpegts";
  if (head[4] === 0x47 && head[196] === 0x47) return "mpegts";
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "jpeg_pipe";
  if (ascii(head, 1, 4) === "PNG") return "png_pipe";
  const text = head.toString("utf8").trimStart();
  if (/^(#EXTM3U|#EXT-X|ffconcat|file\s|\[playlist\]|<\?xml[\s\S]*<MPD|<MPD)/i.test(text)) return "playlist";
  return undefined;
}

/**
 * Where the last box of an MP4 file that was cut off would end; undefined where all boxes fit the file.
 * Only the top level is walked: sixteen bytes a box are read, whatever the file claims.
 */
async function missingEnd(
  read: (at: number, length: number) => Promise<Buffer>,
  bytes: number,
): Promise<string | undefined> {
  let at = 0;
  let hasIndex = false;
  for (let boxes = 0; at < bytes && boxes < 100_000; boxes++) {
    const head = await read(at, 16);
    if (head.length < 8) return `box header cut off at byte ${at}`;
    const type = ascii(head, 4, 8);
    const small = head.readUInt32BE(0);
    if (type === "moov" || type === "moof") hasIndex = true;
    if (small === 0) break;
    const size = small === 1 && head.length >= 16 ? Number(head.readBigUInt64BE(8)) : small;
    if (size < 8) return `impossible size of box "${type}" at byte ${at}`;
    at += size;
    if (at > bytes) return `box "${type}" should end at byte ${at}, the file ends at ${bytes}`;
  }
  return hasIndex ? undefined : "no index (moov)";
}

/** Looks at the content of a file: which demuxer may open it, and whether an MP4 is whole. */
export async function sniffContainer(file: string): Promise<Sniffed | Refusal> {
  const handle = await open(file, "r").catch(() => undefined);
  if (handle === undefined) return refuse("file_missing", file);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return refuse("file_missing", `${file} is not a file`);
    if (stat.size === 0) return refuse("empty", file);
    const read = async (at: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    const demuxer = demuxerOfHead(await read(0, 256));
    if (demuxer === undefined) return refuse("container_not_accepted");
    if (demuxer === "playlist") return refuse("playlist");
    const cut = demuxer === "mov" ? await missingEnd(read, stat.size) : undefined;
    if (cut !== undefined) return refuse("truncated", cut);
    return { kind: "ok", demuxer, bytes: stat.size };
  } finally {
    await handle.close();
  }
}
