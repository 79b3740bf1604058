import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findMediaTools } from "../src/media/index.ts";
import { hashFile } from "../src/storage/hash-file.ts";

/** Clips of a test card, each of other bytes, in a folder of their own. @returns their names by SHA-256, in the order of their making. */
export async function makeClips(folder: string, count: number, lengthS: number): Promise<Map<string, string>> {
  const { ffmpeg } = await findMediaTools();
  mkdirSync(folder);
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-sc_threshold", "0"];
  execFileSync(ffmpeg.path, [
    ...["-v", "error", "-f", "lavfi", "-i", `testsrc2=size=320x180:rate=5:duration=${count * lengthS}`],
    ...[...coding, "-g", String(5 * lengthS)],
    ...["-f", "segment", "-segment_time", String(lengthS), "-reset_timestamps", "1", join(folder, "%04d.mp4")],
  ]);
  const names = new Map<string, string>();
  for (const file of readdirSync(folder).sort()) names.set((await hashFile(join(folder, file))).sha256, file);
  return names;
}
