import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { deflateSync, gzipSync } from "node:zlib";
import type { MediaTools } from "@mingcha/infra/media";

const run = promisify(execFile);

/** A box of ISO/IEC 14496-12: length, name, content. */
export function boxOf(name: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** Rebuilds a file's boxes along a path of names, changing the content of the last: lengths of all that hold it follow. */
export function changeBox(bytes: Buffer, path: readonly string[], change: (content: Buffer) => Uint8Array): Buffer {
  const [wanted, ...deeper] = path;
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const name = bytes.toString("latin1", at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + size);
    if (name !== wanted) parts.push(bytes.subarray(at, at + size));
    else parts.push(boxOf(name, deeper.length === 0 ? change(content) : changeBox(content, deeper, change)));
    at += size;
  }
  return Buffer.concat(parts);
}

const u32 = (value: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value >>> 0);
  return four;
};

/**
 * Media as nobody should send them, and as careless tools do. Each maker writes one file. `plain` is a small MP4 whose index comes last, so that
 * boxes may grow without a sample moving.
 */
export function createTorture({ ffmpeg }: MediaTools) {
  const ff = async (target: string, args: readonly string[]): Promise<string> => {
    await run(ffmpeg.path, ["-nostdin", "-y", "-loglevel", "error", ...args, target], { timeout: 120_000 });
    return target;
  };
  const card = (size: string, seconds: number, rate = 10) => [
    "-f",
    "lavfi",
    "-i",
    `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`,
  ];
  const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", "-bf", "0"];
  const plain = (target: string, seconds = 4) => ff(target, [...card("320x180", seconds), ...h264, "-f", "mp4"]);
  const changed = async (target: string, path: readonly string[], change: (content: Buffer) => Uint8Array) => {
    await plain(target);
    await writeFile(target, changeBox(await readFile(target), path, change));
    return target;
  };
  const media = ["moov", "trak", "mdia"] as const;
  return {
    ff,
    plain,
    text: async (target: string, content: string | Uint8Array) => {
      await writeFile(target, content);
      return target;
    },
    cut: async (target: string, keptShare: number, extra: readonly string[] = []) => {
      await ff(target, [...card("320x180", 4), ...h264, ...extra]);
      const bytes = await readFile(target);
      await writeFile(target, bytes.subarray(0, Math.floor(bytes.length * keptShare)));
      return target;
    },
    /** Samples that lie in another file, or at another address: QuickTime's data reference. */
    elsewhere: (target: string, address: string) =>
      changed(target, [...media, "minf", "dinf", "dref"], () =>
        Buffer.concat([u32(0), u32(1), boxOf("url ", u32(0), Buffer.from(`${address}\0`))]),
      ),
    /** An index that says it is compressed and unfolds to half a gigabyte. */
    compressedIndex: async (target: string) => {
      await plain(target);
      const bytes = await readFile(target);
      const bomb = deflateSync(Buffer.alloc(500_000_000));
      const packed = boxOf(
        "moov",
        boxOf("cmov", boxOf("dcom", Buffer.from("zlib")), boxOf("cmvd", u32(500_000_000), bomb)),
      );
      await writeFile(target, Buffer.concat([changeBox(bytes, ["moov"], () => Buffer.alloc(0)), packed]));
      return target;
    },
    /** An index that claims four thousand million samples. */
    endlessIndex: (target: string) =>
      changed(target, [...media, "minf", "stbl", "stsz"], () =>
        Buffer.concat([u32(0), u32(0), u32(0xffff_fff0), Buffer.alloc(64)]),
      ),
    /** Ten years of film in a few kilobytes. */
    tenYears: (target: string) =>
      changed(target, [...media, "minf", "stbl", "stts"], (content) => {
        const samples = content.readUInt32BE(8);
        return Buffer.concat([u32(0), u32(1), u32(samples), u32(0x7000_0000)]);
      }),
    gzip: async (target: string) => {
      await writeFile(target, gzipSync(Buffer.alloc(200_000_000)));
      return target;
    },
    /** 16,384 × 12,288 pixels in a small picture. */
    photo16k: (target: string) =>
      ff(target, [
        "-f",
        "lavfi",
        "-i",
        "color=size=16384x12288:rate=1:duration=1",
        "-frames:v",
        "1",
        "-f",
        "image2",
        "-c:v",
        "mjpeg",
      ]),
    /** As wide, yet no more pixels than an 8K picture has. */
    wide16k: (target: string) =>
      ff(target, [
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=16384x2048:rate=1:duration=1",
        "-frames:v",
        "1",
        "-f",
        "image2",
        "-c:v",
        "mjpeg",
      ]),
    /** Two seconds of 20 pictures a second, then one each half second. */
    uneven: (target: string) =>
      ff(target, [
        ...card("320x180", 8, 20),
        "-vf",
        "select='lt(t,2)+not(mod(n,10))'",
        "-vsync",
        "vfr",
        ...h264,
        "-f",
        "mp4",
      ]),
    turned: async (target: string) => {
      const lying = await plain(`${target}.lying.mp4`);
      // the matrix of ISO/IEC 14496-12 §8.3.2, a quarter turn
      const bytes = changeBox(await readFile(lying), ["moov", "trak", "tkhd"], (content) => {
        const turned = Buffer.from(content);
        const matrix = [0, 0x1_0000, 0, 0xffff_0000, 0, 0, 0x00b4_0000, 0, 0x4000_0000];
        matrix.forEach((value, nth) => {
          turned.writeUInt32BE(value >>> 0, 40 + nth * 4);
        });
        return turned;
      });
      await writeFile(target, bytes);
      return target;
    },
    /** Two recordings written one after the other: in the middle the time begins again. */
    backwards: async (target: string) => {
      const one = await ff(`${target}.one.ts`, [...card("320x180", 4), ...h264, "-f", "mpegts"]);
      const bytes = await readFile(one);
      await writeFile(target, Buffer.concat([bytes, bytes]));
      return target;
    },
    /** A recorder whose clock was set forward while it ran. */
    hole: async (target: string) => {
      const one = await ff(`${target}.one.ts`, [...card("320x180", 4), ...h264, "-f", "mpegts"]);
      const late = await ff(`${target}.late.ts`, [
        "-i",
        one,
        "-c",
        "copy",
        "-output_ts_offset",
        "3600",
        "-f",
        "mpegts",
      ]);
      await writeFile(target, Buffer.concat([await readFile(one), await readFile(late)]));
      return target;
    },
    /** Times that pass the end of the 33 bits that a transport stream has for them. */
    wrapping: (target: string) =>
      ff(target, [...card("320x180", 6), ...h264, "-output_ts_offset", "95442", "-f", "mpegts"]),
  };
}
