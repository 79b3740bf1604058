import { stat, unlink } from "node:fs/promises";
import { startFfmpeg } from "./ffmpeg-process.ts";
import { guardOptions, refusalOf } from "./guards.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Demuxer } from "./sniff-container.ts";
import type { MediaTools } from "./tools.ts";

/**
 * A piece of an original as an MP4 a browser plays, written to `targetFile`. `copy` leaves the coded pictures untouched and starts at the
 * keyframe before `fromMs`; `h264` codes anew and starts exactly there: needed for H.265 in most browsers. Sound is left out: nobody
 * asked for it, and it is personal data.
 */
export async function cutClip(
  tools: MediaTools,
  original: { file: string; demuxer: Demuxer },
  { fromMs, toMs, targetFile, mode }: { fromMs: number; toMs: number; targetFile: string; mode: "copy" | "h264" },
): Promise<{ kind: "ok"; bytes: number } | Refusal> {
  const coding =
    mode === "copy"
      ? ["-c:v", "copy"]
      : ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-threads", "1"];
  const running = await startFfmpeg(
    tools.ffmpeg.path,
    {
      input: original.file,
      inputOptions: [
        "-threads",
        "1",
        ...guardOptions(original.demuxer),
        ...(fromMs > 0 ? ["-ss", (fromMs / 1000).toFixed(4)] : []),
      ],
      outputOptions: [
        ...["-t", (Math.max(1, toMs - fromMs) / 1000).toFixed(4), "-map", "0:v:0", "-an", "-sn", "-dn", ...coding],
        ...["-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4"],
      ],
      target: targetFile,
    },
    { wallMs: 600_000, silenceMs: 120_000 },
  );
  const end = await running.ended;
  const bytes = await stat(targetFile).then(
    (s) => s.size,
    () => 0,
  );
  if (end.exitCode === 0 && bytes > 1_000) return { kind: "ok", bytes };
  await unlink(targetFile).catch(() => undefined);
  return end.exitCode === 0 ? refuse("past_end", `${fromMs} ms`) : refusalOf(end);
}
