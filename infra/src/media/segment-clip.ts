import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runOnce } from "./ffmpeg-process.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { MediaTools } from "./tools.ts";

/** Files in `folder` and where in the film each begins, milliseconds. */
export type Segments = { kind: "ok"; segments: { name: string; fromMs: number }[] };

/** Cuts a film into MP4 files of about `lengthS` at its keyframes, as a live source is cut: nothing is decoded or coded. */
export async function segmentClip(
  tools: MediaTools,
  file: string,
  folder: string,
  lengthS: number,
): Promise<Segments | Refusal> {
  await mkdir(folder, { recursive: true });
  const list = join(folder, "segments.csv");
  const end = await runOnce(tools.ffmpeg.path, {
    inputOptions: [],
    input: file,
    outputOptions: [
      ...["-map", "0:v:0", "-c", "copy", "-f", "segment", "-segment_time", String(lengthS)],
      ...["-reset_timestamps", "1", "-segment_format", "mp4", "-segment_list", list, "-segment_list_type", "csv"],
    ],
    target: join(folder, "piece%05d.mp4"),
  });
  if (end.exitCode !== 0) return refuse("tool_failed", end.errors.at(-1));
  const rows = (await readFile(list, "utf8")).trim().split("\n");
  return {
    kind: "ok",
    segments: rows.map((row) => {
      const [name = "", from = "0"] = row.split(",");
      return { name, fromMs: Math.round(Number(from) * 1000) };
    }),
  };
}
