import { rename, stat } from "node:fs/promises";
import { runOnce } from "./ffmpeg-process.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { MediaTools } from "./tools.ts";

export type TestClip = {
  widthPx: number;
  heightPx: number;
  framesPerS: number;
  gopS: number;
  lengthS: number;
  bitsPerS: number;
};

/**
 * Draws a moving test card with noise as H.264, for benchmarks and tests: keyframes of about 250 KB at 1080p and 6 Mbit/s, as a street camera
 * gives them, without B-frames as most do. `repeats` plays it again and again without coding it anew. Kept where it is once made.
 */
export async function makeTestClip(
  tools: MediaTools,
  targetFile: string,
  clip: TestClip,
  repeats = 1,
): Promise<{ kind: "ok"; file: string } | Refusal> {
  if (await stat(targetFile).catch(() => undefined)) return { kind: "ok", file: targetFile };
  const { widthPx, heightPx, framesPerS, gopS, lengthS, bitsPerS } = clip;
  const gop = String(framesPerS * gopS);
  const once = `${targetFile}.once.mp4`;
  const drawn = await runOnce(tools.ffmpeg.path, {
    inputOptions: ["-f", "lavfi"],
    input: {
      lavfi: `testsrc2=size=${widthPx}x${heightPx}:rate=${framesPerS}:duration=${lengthS},noise=alls=12:allf=t`,
    },
    outputOptions: [
      ...[
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-pix_fmt",
        "yuv420p",
        "-g",
        gop,
        "-keyint_min",
        gop,
        "-sc_threshold",
        "0",
        "-bf",
        "0",
      ],
      ...["-b:v", String(bitsPerS), "-maxrate", String(bitsPerS), "-bufsize", String(bitsPerS), "-f", "mp4"],
    ],
    target: once,
  });
  if (drawn.exitCode !== 0) return refuse("tool_failed", drawn.errors.at(-1));
  const part = `${targetFile}.part.mp4`;
  const looped = await runOnce(tools.ffmpeg.path, {
    inputOptions: ["-stream_loop", String(repeats - 1)],
    input: once,
    outputOptions: ["-c", "copy", "-movflags", "+faststart", "-f", "mp4"],
    target: part,
  });
  if (looped.exitCode !== 0) return refuse("tool_failed", looped.errors.at(-1));
  await rename(part, targetFile);
  return { kind: "ok", file: targetFile };
}
