import { startFfmpeg } from "./ffmpeg-process.ts";
import { guardOptions, refusalOf } from "./guards.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Demuxer } from "./sniff-container.ts";
import type { MediaTools } from "./tools.ts";

export type StillFormat = "png" | "jpeg";

/**
 * One full-size frame of an original: the first at or after `offsetMs` (from the first frame of the clip). PNG keeps every decoded
 * pixel; JPEG is for looking.
 */
export async function cutStill(
  tools: MediaTools,
  original: { file: string; demuxer: Demuxer; isPhoto: boolean },
  offsetMs: number,
  format: StillFormat = "png",
): Promise<{ kind: "ok"; bytes: Buffer; mimeType: string } | Refusal> {
  // Half a millisecond early, so that a frame stamped 1.9970003 s is found by its rounded time 1997 ms.
  const seekS = Math.max(0, offsetMs - 0.6) / 1000;
  // Not compressed: these bytes live until they are read once, and packing a 1080p frame costs four times as much as decoding it.
  const codec =
    format === "png"
      ? ["-c:v", "png", "-compression_level", "0"]
      : ["-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p"];
  const running = await startFfmpeg(
    tools.ffmpeg.path,
    {
      input: original.file,
      inputOptions: [
        "-threads",
        "1",
        ...guardOptions(original.demuxer),
        ...(seekS > 0 && !original.isPhoto ? ["-ss", seekS.toFixed(4)] : []),
      ],
      outputOptions: ["-map", "0:v:0", "-an", "-sn", "-dn", "-frames:v", "1", ...codec, "-f", "image2pipe"],
      target: "pipe:1",
    },
    { wallMs: 60_000, silenceMs: 30_000 },
  );
  const chunks: Buffer[] = [];
  running.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const end = await running.ended;
  const bytes = Buffer.concat(chunks);
  if (bytes.length > 0 && end.exitCode === 0)
    return { kind: "ok", bytes, mimeType: format === "png" ? "image/png" : "image/jpeg" };
  return end.exitCode === 0 ? refuse("past_end", `${offsetMs} ms`) : refusalOf(end);
}
