import { spawn } from "node:child_process";
import { once } from "node:events";

/** Encodes JPEG pictures, in order, to one H.264 file. `options` are ffmpeg's own for the encoder. */
export async function encode(
  file: string,
  framesPerS: number,
  options: readonly string[],
  pictures: AsyncIterable<Buffer>,
): Promise<void> {
  const input = ["-loglevel", "error", "-y", "-f", "image2pipe", "-framerate", String(framesPerS)];
  const output = ["-pix_fmt", "yuv420p", "-threads", "1", "-bitexact", "-movflags", "+faststart", file];
  const ffmpeg = spawn(
    "ffmpeg",
    [...input, "-c:v", "mjpeg", "-i", "pipe:0", "-c:v", "libx264", ...options, ...output],
    { stdio: ["pipe", "inherit", "inherit"] },
  );
  const finished = once(ffmpeg, "close");
  for await (const picture of pictures) if (!ffmpeg.stdin.write(picture)) await once(ffmpeg.stdin, "drain");
  ffmpeg.stdin.end();
  const [code] = (await finished) as [number];
  if (code !== 0) throw new Error(`ffmpeg ended with ${code} for ${file}`);
}
