import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { MediaTools } from "@mingcha/infra/media";

const run = promisify(execFile);

/** Makes small media of its own for tests, with whatever ffmpeg was found. Every call gives other bytes. */
export function createMediaMaker({ ffmpeg }: MediaTools) {
  const make = async (path: string, args: readonly string[]): Promise<string> => {
    await run(ffmpeg.path, ["-nostdin", "-y", "-loglevel", "error", ...args, path], { timeout: 60_000 });
    return path;
  };
  const picture = (size: string, rate = 5) => ["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=${rate}`];
  const unique = () => ["-metadata", `comment=${randomBytes(8).toString("hex")}`];
  const h264 = ["-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-g", "5"];
  return {
    video: (path: string, seconds = 2, extra: readonly string[] = []) =>
      make(path, [...picture("160x120"), "-t", String(seconds), ...h264, ...unique(), ...extra, "-f", "mp4"]),
    photo: (path: string) => make(path, [...picture("160x120"), "-frames:v", "1", "-f", "image2", "-c:v", "mjpeg"]),
    truncated: async (path: string) => {
      await make(path, [...picture("160x120"), "-t", "3", ...h264, "-movflags", "+faststart", "-f", "mp4"]);
      const whole = await readFile(path);
      await writeFile(path, whole.subarray(0, Math.floor(whole.length * 0.6)));
      return path;
    },
    /** A few hundred bytes that declare 8,000 × 8,000 pixels. */
    hugePicture: async (path: string) => {
      await make(path, [...picture("16x16"), "-frames:v", "1", "-f", "image2", "-c:v", "png"]);
      const bytes = await readFile(path);
      bytes.writeUInt32BE(8_000, 16);
      bytes.writeUInt32BE(8_000, 20);
      bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
      await writeFile(path, bytes);
      return path;
    },
  };
}

/** Checksum of a PNG chunk (ISO/IEC 15948, annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A flight in DJI's present dialect, one entry a second, at a made-up place in Shanghai. */
export function srtOf({ seconds, date }: { seconds: number; date: string }): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return Array.from({ length: seconds }, (_, s) => {
    const text = `[iso: 100] [latitude: ${(31.2 + s / 10_000).toFixed(5)}] [longitude: 121.50000] [rel_alt: ${40 + s}.000 abs_alt: 45.000]`;
    return `${s + 1}\n00:00:${two(s)},000 --> 00:00:${two(s + 1)},000\n<font size="28">FrameCnt: ${s}, DiffTime: 1000ms\n${date}:${two(s)}.000\n${text} </font>\n`;
  }).join("\n");
}
