import { type FileHandle, open } from "node:fs/promises";
import { readMoov } from "./keyframe-clip.ts";
import { boxAt, childBoxes } from "./mp4-boxes.ts";
import { expand, samplePlaces, sampleSizes } from "./mp4-index.ts";
import { readTransportKlv } from "./read-transport-klv.ts";
import { sniffContainer } from "./sniff-container.ts";
import type { MediaTools } from "./tools.ts";

/** One sample of a data track: when it is shown, counted from the first picture, and its bytes. */
export interface DataSample {
  /** Null where the carrier states no time; negative before the first picture. */
  readonly offsetMs: number | null;
  readonly durationMs: number | null;
  readonly bytes: Buffer;
}

/** A track that is neither picture nor sound: its four letters (`gpmd`, `djmd`, `KLVA`) and its samples in order. */
export interface DataTrack {
  readonly mark: string;
  readonly samples: readonly DataSample[];
  /** It holds more than was read. */
  readonly isCut: boolean;
}

export interface DataTracks {
  readonly tracks: readonly DataTrack[];
  /** The index of an MP4, where its texts lie; null in other containers. */
  readonly moov: Buffer | null;
}

/**
 * A track of two hours at 60 samples a second, a kilobyte each, is 432 MB; what lies beyond is not read and said so. Both limits are for
 * all tracks of a file together.
 */
const samplesMax = 450_000;
const bytesMax = 256 * 1024 * 1024;

/** What may still be read of one file. */
interface Budget {
  /** Bytes of the file that no sample has named yet. */
  fileBytes: number;
  bytes: number;
  samples: number;
}
const none: DataTracks = { tracks: [], moov: null };

/** Reads the data tracks with these marks out of a video, nothing decoded: an MP4 by its own tables, a transport stream through ffmpeg. */
export async function readDataTracks(tools: MediaTools, file: string, marks: readonly string[]): Promise<DataTracks> {
  const sniffed = await sniffContainer(file);
  if (sniffed.kind === "refused") return none;
  if (sniffed.demuxer === "mpegts")
    return marks.includes("KLVA") ? { tracks: await readTransportKlv(tools, file), moov: null } : none;
  if (sniffed.demuxer !== "mov") return none;
  const handle = await open(file, "r").catch(() => undefined);
  if (handle === undefined) return none;
  try {
    const moov = await readMoov(handle);
    if (moov === undefined) return none;
    const tracks: DataTrack[] = [];
    const budget: Budget = { fileBytes: (await handle.stat()).size, bytes: bytesMax, samples: samplesMax };
    for (const { type, content } of childBoxes(moov).slice(0, 64)) {
      const track = type === "trak" ? await readTrack(handle, content, marks, budget) : undefined;
      if (track !== undefined) tracks.push(track);
    }
    return { tracks, moov };
  } finally {
    await handle.close();
  }
}

/** `stsd`: version and flags, count, size, then the four letters. */
const markOf = (trak: Buffer): string => boxAt(trak, "mdia/minf/stbl/stsd")?.toString("latin1", 12, 16) ?? "";

async function readTrack(
  handle: FileHandle,
  trak: Buffer,
  marks: readonly string[],
  budget: Budget,
): Promise<DataTrack | undefined> {
  const mark = markOf(trak);
  const stbl = boxAt(trak, "mdia/minf/stbl");
  const mdhd = boxAt(trak, "mdia/mdhd");
  if (!marks.includes(mark) || stbl === undefined || mdhd === undefined || mdhd.length < 24) return undefined;
  const timescale = mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12);
  const sizes = sampleSizes(boxAt(stbl, "stsz"));
  if (sizes === undefined || timescale === 0) return undefined;
  // samples that are larger together than the file name some of its bytes twice: such an index is not followed
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > budget.fileBytes) return { mark, samples: [], isCut: true };
  budget.fileBytes -= total;
  const places = samplePlaces(stbl, sizes);
  const durations = expand(boxAt(stbl, "stts"), sizes.length);
  if (places === undefined || durations === undefined) return undefined;
  const samples: DataSample[] = [];
  let ticks = 0;
  for (const [i, size] of sizes.entries()) {
    if (budget.samples === 0 || size > budget.bytes) return { mark, samples, isCut: true };
    budget.samples--;
    budget.bytes -= size;
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await handle.read(buffer, 0, size, places[i] as number);
    if (bytesRead < size) return { mark, samples, isCut: true };
    const lasts = durations[i] as number;
    samples.push({
      offsetMs: Math.round((ticks * 1000) / timescale),
      durationMs: (lasts * 1000) / timescale,
      bytes: buffer,
    });
    ticks += lasts;
  }
  return { mark, samples, isCut: false };
}
