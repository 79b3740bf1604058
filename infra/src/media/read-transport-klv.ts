import { z } from "zod";
import { runFfprobe, startFfmpeg } from "./ffmpeg-process.ts";
import { guardOptions } from "./guards.ts";
import type { DataSample, DataTrack } from "./read-data-tracks.ts";
import type { MediaTools } from "./tools.ts";

const limits = { wallMs: 120_000, silenceMs: 60_000, bytesMax: 64 * 1024 * 1024 };
/** A packet holds some hundred bytes, thirty a second: two hours are 100 MB. */
const trackBytesMax = 128 * 1024 * 1024;
/** More streams of metadata than this are looked at in none. */
const tracksMax = 4;

const outputSchema = z.object({
  streams: z.array(z.object({ index: z.number(), codec_tag_string: z.string().optional() })).default([]),
  packets: z
    .array(z.object({ stream_index: z.number(), pts_time: z.coerce.number().optional(), size: z.coerce.number() }))
    .default([]),
});

/** First time of the picture, seconds on the stream's clock; null where it states none. */
async function startOfVideo(tools: MediaTools, file: string): Promise<number | null> {
  const options = [
    ...guardOptions("mpegts"),
    "-select_streams",
    "v:0",
    "-show_entries",
    "stream=start_time",
    "-of",
    "csv=p=0",
  ];
  const result = await runFfprobe(tools.ffprobe.path, options, file, limits);
  const startS = "kind" in result ? Number.NaN : Number.parseFloat(result.stdout);
  return Number.isFinite(startS) ? startS : null;
}

/**
 * Metadata streams (`KLVA`) of a transport stream. ffprobe tells when each packet is shown and how long it is, ffmpeg copies the bytes one
 * after another. Asynchronous metadata has no time of its own (ingest note §1.3): its first sample alone is given the time of the picture
 * beside it, the others carry none.
 */
export async function readTransportKlv(tools: MediaTools, file: string): Promise<DataTrack[]> {
  const options = [
    ...guardOptions("mpegts"),
    "-select_streams",
    "d",
    "-show_entries",
    "stream=index,codec_tag_string:packet=stream_index,pts_time,size",
    "-show_packets",
    "-of",
    "json",
  ];
  const listed = await runFfprobe(tools.ffprobe.path, options, file, limits);
  const parsed = "kind" in listed ? undefined : outputSchema.safeParse(parseJson(listed.stdout)).data;
  if (parsed === undefined) return [];
  const streams = parsed.streams.filter(({ codec_tag_string }) => codec_tag_string === "KLVA").slice(0, tracksMax);
  const startS = streams.length === 0 ? null : await startOfVideo(tools, file);
  const tracks: DataTrack[] = [];
  for (const { index } of streams) {
    const packets = parsed.packets.filter(({ stream_index }) => stream_index === index);
    const bytes = await copyStream(tools, file, index);
    // what has no time of its own is anchored once, by the picture beside it in the stream
    const anchorMs = packets[0]?.pts_time === undefined ? await besidePicture(tools, file, index, startS) : null;
    tracks.push(klvTrack(packets, bytes, startS, anchorMs));
  }
  return tracks;
}

/**
 * Packets of one stream with their times on the picture's clock, whose first picture stands at `startS`. A packet before it keeps its
 * negative time: it is no moment of the clip, but its own date and its own time still say when the first picture was taken.
 */
export function klvTrack(
  packets: readonly { readonly pts_time?: number | undefined; readonly size: number }[],
  bytes: Buffer,
  startS: number | null,
  anchorMs: number | null,
): DataTrack {
  let at = 0;
  const samples = packets.flatMap(({ pts_time, size }, i): DataSample[] => {
    const piece = bytes.subarray(at, at + size);
    at += size;
    const ownMs = pts_time === undefined || startS === null ? null : Math.round((pts_time - startS) * 1000);
    const offsetMs = ownMs ?? (i === 0 ? anchorMs : null);
    return piece.length === size ? [{ offsetMs, durationMs: null, bytes: piece }] : [];
  });
  return { mark: "KLVA", samples, isCut: at > bytes.length };
}

const nearSchema = z.object({
  packets: z
    .array(
      z.object({ stream_index: z.number(), pts_time: z.coerce.number().optional(), pos: z.coerce.number().optional() }),
    )
    .default([]),
});

/**
 * When the picture that lies nearest in the file to the first packet of a stream is shown: multiplexers put side by side what belongs to
 * one moment. Null where it cannot be told.
 */
async function besidePicture(
  tools: MediaTools,
  file: string,
  index: number,
  startS: number | null,
): Promise<number | null> {
  const options = [
    ...guardOptions("mpegts"),
    ...["-read_intervals", "%+#200", "-show_entries", "packet=stream_index,pts_time,pos", "-of", "json"],
  ];
  const listed = await runFfprobe(tools.ffprobe.path, options, file, limits);
  const packets = "kind" in listed ? [] : (nearSchema.safeParse(parseJson(listed.stdout)).data?.packets ?? []);
  const first = packets.find(({ stream_index, pos }) => stream_index === index && pos !== undefined)?.pos;
  if (first === undefined || startS === null) return null;
  const pictures = packets.flatMap(({ stream_index, pts_time, pos }) =>
    stream_index === 0 && pts_time !== undefined && pos !== undefined
      ? [{ pts_time, apart: Math.abs(pos - first) }]
      : [],
  );
  const nearest = pictures.reduce<(typeof pictures)[number] | undefined>(
    (best, next) => (best === undefined || next.apart < best.apart ? next : best),
    undefined,
  );
  return nearest === undefined ? null : Math.round((nearest.pts_time - startS) * 1000);
}

async function copyStream(tools: MediaTools, file: string, index: number): Promise<Buffer> {
  const running = await startFfmpeg(
    tools.ffmpeg.path,
    {
      inputOptions: guardOptions("mpegts"),
      input: file,
      outputOptions: ["-map", `0:${index}`, "-c", "copy", "-f", "data"],
      target: "pipe:1",
    },
    limits,
  );
  const chunks: Buffer[] = [];
  let length = 0;
  running.stdout.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > trackBytesMax) running.stop();
    else chunks.push(chunk);
  });
  await running.ended;
  return Buffer.concat(chunks);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
