import { type FileHandle, open } from "node:fs/promises";
import { box, childBoxes, words } from "./mp4-boxes.ts";
import { type Mp4Index, type Mp4Sample, readMp4Index } from "./mp4-index.ts";

/** An index larger than this is left to ffmpeg: 2 million samples. */
const moovBytesMax = 64 * 1024 * 1024;

/** Pictures of the clip are one second apart on its clock, so that a decoded picture says which one it is. */
const ticksPerSecond = 1000;

/** The content of a file's index, as it is; undefined where there is none of a size that one should read. */
export async function readIndexOf(file: string): Promise<Buffer | undefined> {
  const handle = await open(file, "r").catch(() => undefined);
  try {
    return handle === undefined ? undefined : await readMoov(handle);
  } finally {
    await handle?.close();
  }
}

/** Content of the index (`moov`) of an MP4 file; undefined where there is none of a sensible size. */
export async function readMoov(handle: FileHandle): Promise<Buffer | undefined> {
  const { size: fileBytes } = await handle.stat();
  const head = Buffer.alloc(16);
  for (let at = 0, boxes = 0; at + 8 <= fileBytes && boxes < 10_000; boxes++) {
    const { bytesRead } = await handle.read(head, 0, 16, at);
    if (bytesRead < 8) return undefined;
    const small = head.readUInt32BE(0);
    const size = small === 1 ? Number(head.readBigUInt64BE(8)) : small === 0 ? fileBytes - at : small;
    if (size < 8 || at + size > fileBytes) return undefined;
    if (head.toString("latin1", 4, 8) === "moov") {
      if (size > moovBytesMax) return undefined;
      const moov = Buffer.alloc(size);
      const { bytesRead: got } = await handle.read(moov, 0, size, at);
      return got === size ? childBoxes(moov)[0]?.content : undefined;
    }
    at += size;
  }
  return undefined;
}

/** The index of a plain MP4 and what was read of it, or undefined where it is not a plain one. Decodes nothing, reads only the index. */
export async function openMp4(file: string): Promise<{ moov: Buffer; index: Mp4Index } | undefined> {
  const handle = await open(file, "r").catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const moov = await readMoov(handle);
    const index = moov === undefined ? undefined : readMp4Index(moov);
    return moov === undefined || index === undefined ? undefined : { moov, index };
  } finally {
    await handle.close();
  }
}

/** The keyframe for each point of a grid: the first at or after it, `earlyMs` before it at most. Each is used once. */
export function pickKeyframes(
  samples: readonly Mp4Sample[],
  { everyMs, firstMs, earlyMs }: { everyMs: number; firstMs: number; earlyMs: number },
): Mp4Sample[] {
  const keys = samples.filter((sample) => sample.isKey).sort((a, b) => a.timeMs - b.timeMs);
  const cell = (sample: Mp4Sample): number => Math.floor((sample.timeMs - firstMs + earlyMs) / everyMs);
  let last = -1;
  return keys.filter((key) => {
    if (cell(key) <= last) return false;
    last = cell(key);
    return true;
  });
}

/** `ftyp` and `moov` of an MP4 that holds nothing but the given pictures, one second apart, coded as the original describes them. */
export function headOfKeyframeClip({ stsd, tkhd }: Mp4Index, samples: readonly Mp4Sample[]): Buffer {
  const count = samples.length;
  const ticks = count * ticksPerSecond;
  const sizes = samples.map((sample) => sample.bytes);
  const header = (trackHeader: Buffer): Buffer => {
    // The track keeps its size and rotation; its duration is ours.
    const copy = Buffer.from(trackHeader);
    if (copy[0] === 0 && copy.length >= 24) copy.writeUInt32BE(ticks, 20);
    return copy;
  };
  const build = (mdatAt: number): Buffer =>
    Buffer.concat([
      box("ftyp", Buffer.from("isom"), words(512), Buffer.from("isomiso2mp41")),
      box(
        "moov",
        box(
          "mvhd",
          words(0, 0, 0, ticksPerSecond, ticks, 0x10000, 0x1000000, 0, 0),
          words(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000),
          Buffer.alloc(24),
          words(2),
        ),
        box(
          "trak",
          box("tkhd", header(tkhd)),
          box(
            "mdia",
            box("mdhd", words(0, 0, 0, ticksPerSecond, ticks, 0x55c40000)),
            box("hdlr", words(0, 0), Buffer.from("vide"), Buffer.alloc(13)),
            box(
              "minf",
              box("vmhd", words(1, 0, 0)),
              box("dinf", box("dref", words(0, 1), box("url ", words(1)))),
              box(
                "stbl",
                box("stsd", stsd),
                box("stts", words(0, 1, count, ticksPerSecond)),
                box("stsc", words(0, 1, 1, count, 1)),
                box("stsz", words(0, 0, count, ...sizes)),
                box("stco", words(0, 1, mdatAt)),
              ),
            ),
          ),
        ),
      ),
    ]);
  const headBytes = build(0).length;
  const mdat = words(8 + sizes.reduce((a, b) => a + b, 0));
  return Buffer.concat([build(headBytes + 8), mdat, Buffer.from("mdat")]);
}

/** Writes such a clip, picture by picture, to whoever reads it: only the wanted pictures of the original are ever read. */
export async function* keyframeClip(
  file: string,
  index: Mp4Index,
  samples: readonly Mp4Sample[],
): AsyncGenerator<Buffer> {
  const handle = await open(file, "r");
  try {
    yield headOfKeyframeClip(index, samples);
    for (const { at, bytes } of samples) {
      const picture = Buffer.alloc(bytes);
      const { bytesRead } = await handle.read(picture, 0, bytes, at);
      yield picture.subarray(0, bytesRead);
      if (bytesRead < bytes) return;
    }
  } finally {
    await handle.close();
  }
}

/** Which picture of the clip a decoded frame is, from its time in milliseconds. */
export const pictureNumber = (timeMs: number): number => Math.round(timeMs / ticksPerSecond);
