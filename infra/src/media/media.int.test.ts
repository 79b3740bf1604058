import { chmod, copyFile, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cutStill } from "./cut-still.ts";
import { type DecodePlan, decodeLooks } from "./decode-looks.ts";
import { runOnce, startFfmpeg } from "./ffmpeg-process.ts";
import { guardOptions, refusalOf } from "./guards.ts";
import { createKeyframeDecoder, type KeyframeDecoder } from "./keyframe-decoder.ts";
import { makeTestClip } from "./make-test-clip.ts";
import { canLimitMemory } from "./memory-limit.ts";
import { type MediaInfo, probe } from "./probe.ts";
import { findMediaTools, type MediaTools } from "./tools.ts";

const folder = await mkdtemp(join(tmpdir(), "mingcha-media-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every ffmpeg this machine has: the system's and the one npm ships must both work. */
const builds: [string, MediaTools][] = [];
const shipped: { default?: { path?: string } } | undefined = await import("@ffmpeg-installer/ffmpeg").catch(
  () => undefined,
);
for (const [name, ffmpegPath] of [
  ["system", undefined],
  ["npm", shipped?.default?.path],
] as const) {
  if (name === "npm" && ffmpegPath === undefined) continue;
  const tools = await findMediaTools(ffmpegPath === undefined ? {} : { ffmpegPath }).catch(() => undefined);
  if (tools !== undefined) builds.push([name, tools]);
}
if (builds.length === 0) console.log("media tests skipped: no ffmpeg found");

const card = { widthPx: 320, heightPx: 180, framesPerS: 10, gopS: 2, lengthS: 10, bitsPerS: 400_000 };

describe.skipIf(builds.length === 0).each(builds)("ffmpeg of %s", (name, tools) => {
  const clip = at(`${name}.mp4`);
  let media: MediaInfo;
  const plan = (change: Partial<DecodePlan>): DecodePlan => ({
    file: clip,
    demuxer: "mov",
    isPhoto: false,
    everyMs: 2_000,
    firstMs: 0,
    keyframesOnly: false,
    width: 64,
    height: 64,
    place: { x: 0, y: 0, width: 64, height: 36 },
    pad: 114,
    pixelFormat: "rgb24",
    ...change,
  });
  const look = async (change: Partial<DecodePlan>) => {
    const frames: Buffer[] = [];
    const result = await decodeLooks(tools, plan(change), async (frame) => {
      frames.push(Buffer.from(frame));
    });
    return { result, frames };
  };
  const make = (target: string, lavfi: string, outputOptions: string[]) =>
    runOnce(tools.ffmpeg.path, { inputOptions: ["-f", "lavfi"], input: { lavfi }, outputOptions, target });

  beforeAll(async () => {
    const made = await makeTestClip(tools, clip, card);
    if (made.kind === "refused") throw new Error(made.detail ?? made.code);
    const probed = await probe(tools, clip, { keyframes: true });
    if (probed.kind === "refused") throw new Error(probed.detail ?? probed.code);
    media = probed.media;
  }, 60_000);

  test("a clip is described without decoding it", () => {
    expect(media).toMatchObject({
      codec: "h264",
      widthPx: 320,
      heightPx: 180,
      durationMs: 10_000,
      frameRate: 10,
      frameCount: 100,
    });
    expect(media.keyframeGapMsMax).toBe(2_000);
  });

  test("looks come on their grid with their own times, letterboxed in grey", async () => {
    const { result, frames } = await look({});
    expect(result).toMatchObject({ kind: "ok", frameTimesMs: [0, 2_000, 4_000, 6_000, 8_000], isWhole: true });
    expect(frames).toHaveLength(5);
    const lastPixel = frames[0]?.subarray(-3);
    for (const value of lastPixel ?? []) expect(Math.abs(value - 114)).toBeLessThanOrEqual(3);
  });

  test("keyframes alone give the same pictures and times as decoding everything", async () => {
    const all = await look({});
    const keys = await look({ keyframesOnly: true, deblocks: true });
    expect(keys.result).toMatchObject({ kind: "ok", frameTimesMs: [0, 2_000, 4_000, 6_000, 8_000], isWhole: true });
    expect(keys.frames.every((frame, i) => all.frames[i]?.equals(frame))).toBe(true);
    const few = await look({ keyframesOnly: true, everyMs: 4_000, firstMs: 2_000 });
    expect(few.result).toMatchObject({ frameTimesMs: [2_000, 6_000] });
  });

  test("keyframes without the deblocking filter differ by a grey level or two, and only where it was not asked for", async () => {
    const [filtered, plain] = [
      await look({ keyframesOnly: true, deblocks: true }),
      await look({ keyframesOnly: true }),
    ];
    for (const [i, frame] of plain.frames.entries()) {
      const other = filtered.frames[i] as Buffer;
      const sum = frame.reduce((total, byte, at) => total + Math.abs(byte - (other[at] as number)), 0);
      expect(sum).toBeGreaterThan(0);
      expect(sum / frame.length).toBeLessThan(2);
    }
  });

  describe("an ffmpeg that stays", () => {
    const keyframes = plan({ keyframesOnly: true });
    const read = async (decoder: KeyframeDecoder, change: Partial<DecodePlan> = {}) => {
      const frames: Buffer[] = [];
      const result = await decoder.decode({ ...keyframes, ...change }, async (frame, index) => {
        frames[index] = Buffer.from(frame);
      });
      return { result, frames };
    };

    test("gives the same pictures and times as one of its own, clip after clip, whatever their size", async () => {
      const large = at(`${name}-large.mp4`);
      await makeTestClip(tools, large, { ...card, widthPx: 640, heightPx: 360 });
      const decoder = createKeyframeDecoder(tools);
      for (const file of [clip, large, clip, clip]) {
        const own = await look({ keyframesOnly: true, file });
        const { result, frames } = await read(decoder, { file });
        expect(result).toMatchObject({ kind: "ok", frameTimesMs: [0, 2_000, 4_000, 6_000, 8_000], isWhole: true });
        expect(frames.every((frame, i) => own.frames[i]?.equals(frame))).toBe(true);
      }
      decoder.close();
    });

    test("hands a damaged clip back and has forgotten it by the next", async () => {
      const bytes = await readFile(clip);
      const keyframe = bytes.indexOf(Buffer.from("mdat")) + 4_000;
      for (let i = 0; i < 4_000; i += 3) bytes[keyframe + i] = (i * 89) & 255;
      const hurt = await save(`${name}-hurt-key.mp4`, bytes);
      const decoder = createKeyframeDecoder(tools);
      const own = await look({ keyframesOnly: true });
      expect((await read(decoder, { file: hurt })).result).toBeUndefined();
      const { result, frames } = await read(decoder);
      expect(result).toMatchObject({ kind: "ok" });
      expect(frames.every((frame, i) => own.frames[i]?.equals(frame))).toBe(true);
      decoder.close();
    });

    test("leaves everything that is not a plain clip of whole pictures to the ordinary way", async () => {
      const reordered = at(`${name}-b.mp4`);
      await make(reordered, "testsrc2=size=160x120:duration=3:rate=10", [
        "-c:v",
        "libx264",
        "-g",
        "20",
        "-bf",
        "2",
        "-f",
        "mp4",
      ]);
      const decoder = createKeyframeDecoder(tools);
      expect((await read(decoder, { file: reordered })).result).toBeUndefined();
      expect((await read(decoder, { keyframesOnly: false })).result).toBeUndefined();
      expect((await read(decoder, { file: at("nowhere.mp4") })).result).toBeUndefined();
      decoder.close();
    });
  });

  test("a slow reader gets every picture, and decoding does not run away from it", async () => {
    const seen: number[] = [];
    const result = await decodeLooks(tools, plan({ everyMs: 100 }), async (frame, index) => {
      const before = frame[0];
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(frame[0]).toBe(before);
      seen.push(index);
    });
    expect(result).toMatchObject({ kind: "ok", isWhole: true });
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  test("a reader that fails ends the decoding at once", async () => {
    const failing = decodeLooks(tools, plan({ everyMs: 100 }), async () => {
      throw new Error("model broke");
    });
    await expect(failing).rejects.toThrow("model broke");
  });

  test("a still is the exact frame of a look", async () => {
    const still = await cutStill(tools, media, 4_000);
    if (still.kind === "refused") throw new Error(still.detail);
    const { frames } = await look({});
    const again = await cutStill(tools, media, 4_000);
    expect(again.kind === "ok" && again.bytes.equals(still.bytes)).toBe(true);
    const small = await decodeLooks(
      tools,
      plan({ file: await save("still.png", still.bytes), demuxer: "png_pipe", isPhoto: true }),
      async (frame) => {
        const distance = frames.map((other) =>
          frame.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0),
        );
        expect(distance.indexOf(Math.min(...distance))).toBe(2);
      },
    );
    expect(small).toMatchObject({ kind: "ok", frameTimesMs: [0] });
    expect(await cutStill(tools, media, 60_000)).toMatchObject({ kind: "refused", code: "past_end" });
  });

  const save = async (file: string, bytes: Buffer | string): Promise<string> => {
    await writeFile(at(file), bytes);
    return at(file);
  };

  describe("hostile media are refused with their reason", () => {
    test("a playlist that calls itself mp4", async () => {
      const file = await save("list.mp4", `#EXTM3U\n#EXTINF:10,\n${clip}\n#EXT-X-ENDLIST\n`);
      expect(await probe(tools, file)).toMatchObject({ kind: "refused", code: "playlist" });
      expect((await look({ file })).result.kind).toBe("refused");
    });

    test("a list of files for ffmpeg", async () => {
      const file = await save("concat.mp4", `ffconcat version 1.0\nfile '${clip}'\n`);
      expect(await probe(tools, file)).toMatchObject({ kind: "refused", code: "playlist" });
      expect((await look({ file })).result.kind).toBe("refused");
    });

    test("a file that is cut off", async () => {
      const whole = await readFile(clip);
      const file = await save("cut.mp4", whole.subarray(0, whole.length - 20_000));
      expect(await probe(tools, file)).toMatchObject({ kind: "refused", code: "truncated" });
    });

    test("nothing, noise, a folder, a missing file", async () => {
      expect(await probe(tools, await save("empty.mp4", ""))).toMatchObject({ code: "empty" });
      expect(await probe(tools, await save("noise.mp4", Buffer.alloc(9_000, 0x5a)))).toMatchObject({
        code: "container_not_accepted",
      });
      expect(await probe(tools, folder)).toMatchObject({ code: "file_missing" });
      expect(await probe(tools, at("nowhere.mp4"))).toMatchObject({ code: "file_missing" });
    });

    test("a codec outside the list, in a container we read", async () => {
      const file = at(`${name}-ffv1.mkv`);
      await make(file, "testsrc2=size=160x120:duration=1", ["-c:v", "ffv1", "-f", "matroska"]);
      expect(await probe(tools, file)).toMatchObject({ kind: "refused", code: "codec_not_accepted" });
      const forced = await look({ file, demuxer: "matroska" });
      expect(forced.result.kind).toBe("refused");
    });

    test("a picture of 67 megapixels in a small file", async () => {
      const file = at(`${name}-bomb.mp4`);
      await make(file, "color=size=8192x8192:duration=0.1:rate=10", [
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-frames:v",
        "1",
        "-f",
        "mp4",
      ]);
      expect(await probe(tools, file)).toMatchObject({ kind: "refused", code: "too_many_pixels" });
      expect((await look({ file, keyframesOnly: true })).result.kind).toBe("refused");
    }, 60_000);

    test("damage inside is counted, and damaged looks are not passed off as whole", async () => {
      const bytes = await readFile(clip);
      for (let i = 0; i < 300; i++) bytes[20_000 + ((i * 7_919) % (bytes.length - 40_000))] = (i * 31) & 255;
      const { result } = await look({ file: await save(`${name}-hurt.mp4`, bytes) });
      if (result.kind === "ok") expect(result.damageCount).toBeGreaterThan(0);
      else expect(["damaged", "no_frames", "tool_failed"]).toContain(result.code);
    });
  });

  test("names that look like options, protocols or patterns are only names", async () => {
    for (const odd of ["-y.mp4", "http:x.mp4", "a%03d.mp4", "街 拍;rm.mp4"]) {
      const file = at(odd);
      await copyFile(clip, file);
      expect((await look({ file })).result).toMatchObject({ kind: "ok" });
      expect((await probe(tools, file)).kind).toBe("ok");
    }
  });

  test("a photo is one look at time zero", async () => {
    const file = at(`${name}.jpg`);
    await make(file, "testsrc2=size=200x100:duration=1", ["-frames:v", "1", "-c:v", "mjpeg", "-f", "image2pipe"]);
    const probed = await probe(tools, file);
    expect(probed).toMatchObject({ kind: "ok", media: { isPhoto: true, durationMs: 0, frameCount: 1, widthPx: 200 } });
    const { result } = await look({ file, demuxer: "jpeg_pipe", isPhoto: true });
    expect(result).toMatchObject({ kind: "ok", frameTimesMs: [0] });
  });
});

test("a process that hangs and ignores SIGTERM is killed", async () => {
  const stubborn = at("stubborn.sh");
  await writeFile(stubborn, "#!/bin/sh\ntrap '' TERM\nwhile :; do sleep 0.2; done\n");
  await chmod(stubborn, 0o755);
  const handle = await open(at("any.mp4"), "w");
  await handle.close();
  const job = { input: at("any.mp4"), inputOptions: guardOptions("mov"), outputOptions: [], target: "pipe:1" };
  const running = await startFfmpeg(stubborn, job, { wallMs: 60_000, silenceMs: 500 });
  running.stdout.resume();
  const end = await running.ended;
  expect(end.signal).toBe("SIGKILL");
  expect(refusalOf(end).code).toBe("timed_out");
}, 20_000);

test.runIf(canLimitMemory)(
  "a process that takes more memory than it may is ended, whatever made it do so",
  async () => {
    const greedy = at("greedy.sh");
    const taking =
      "const all = []; for (let n = 0; n < 40; n++) all.push(Buffer.alloc(25e6, n)); console.error('took it');";
    await writeFile(greedy, `#!/bin/sh\nexec '${process.execPath}' -e "${taking}"\n`);
    await chmod(greedy, 0o755);
    const run = async (memoryBytes: number) => {
      const lines: string[] = [];
      const job = { input: at("any.mp4"), inputOptions: [], outputOptions: [], target: "pipe:1" };
      const limits = { wallMs: 60_000, silenceMs: 60_000, memoryBytes };
      const running = await startFfmpeg(greedy, job, limits, (line) => lines.push(line));
      running.stdout.resume();
      return { end: await running.ended, lines };
    };
    expect((await run(2 ** 32)).lines).toContain("took it");
    const { end, lines } = await run(600e6);
    expect(lines).not.toContain("took it");
    expect([end.exitCode, end.signal]).not.toEqual([0, null]);
  },
  60_000,
);

test("a missing binary is a refusal, not a crash", async () => {
  const job = { input: at("any.mp4"), inputOptions: [], outputOptions: [], target: "pipe:1" };
  const running = await startFfmpeg("/nowhere/ffmpeg", job, { wallMs: 5_000, silenceMs: 5_000 });
  running.stdout.resume();
  expect(refusalOf(await running.ended).code).toBe("tool_failed");
});
