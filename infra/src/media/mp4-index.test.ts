import fc from "fast-check";
import { expect, test } from "vitest";
import { headOfKeyframeClip, pickKeyframes } from "./keyframe-clip.ts";
import { box, childBox, childBoxes, words } from "./mp4-boxes.ts";
import { readMp4Index } from "./mp4-index.ts";

/** A track of six pictures, two of them keyframes, reordered by B-frames, in two chunks, with an edit that shifts the start. */
function moovOf(change: { sizes?: number[]; stss?: Buffer; ctts?: Buffer; stsc?: Buffer } = {}): Buffer {
  const sizes = change.sizes ?? [100, 20, 10, 110, 21, 11];
  return Buffer.concat([
    box("mvhd", Buffer.alloc(100)),
    box(
      "trak",
      box("tkhd", Buffer.alloc(84)),
      box("edts", box("elst", words(0, 1, 600, 100, 0x10000))),
      box(
        "mdia",
        box("mdhd", words(0, 0, 0, 1000, 600, 0)),
        box("hdlr", words(0, 0), Buffer.from("vide"), Buffer.alloc(13)),
        box(
          "minf",
          box(
            "stbl",
            box("stsd", words(0, 1), Buffer.alloc(86)),
            box("stts", words(0, 1, 6, 100)),
            change.ctts ?? box("ctts", words(0, 4, 1, 100, 2, 100, 1, 100, 2, 100)),
            change.stss ?? box("stss", words(0, 2, 1, 4)),
            change.stsc ?? box("stsc", words(0, 2, 1, 4, 1, 2, 2, 1)),
            box("stsz", words(0, 0, sizes.length, ...sizes)),
            box("stco", words(0, 2, 1_000, 5_000)),
          ),
        ),
      ),
    ),
  ]);
}

test("times, keyframes and places of a track are read as the format defines them", () => {
  const index = readMp4Index(moovOf());
  expect(index?.samples.map((s) => [s.timeMs, s.isKey, s.at, s.bytes])).toEqual([
    [0, true, 1_000, 100],
    [100, false, 1_100, 20],
    [200, false, 1_120, 10],
    [300, true, 1_130, 110],
    [400, false, 5_000, 21],
    [500, false, 5_021, 11],
  ]);
  expect(index?.durationMs).toBe(600);
});

test("each grid point gets the first keyframe at or after it, once", () => {
  const samples = [0, 1_997, 3_993, 5_990, 9_000].map((timeMs) => ({ timeMs, isKey: true, at: 0, bytes: 1 }));
  const pick = (everyMs: number) =>
    pickKeyframes(samples, { everyMs, firstMs: 0, earlyMs: everyMs / 10 }).map((s) => s.timeMs);
  expect(pick(2_000)).toEqual([0, 1_997, 3_993, 5_990, 9_000]);
  expect(pick(4_000)).toEqual([0, 3_993, 9_000]);
});

test("the clip made of keyframes reads back with the same pictures, one second apart", () => {
  const index = readMp4Index(moovOf());
  if (index === undefined) throw new Error("no index");
  const keys = index.samples.filter((s) => s.isKey);
  const head = headOfKeyframeClip(index, keys);
  const moov = childBox(Buffer.concat([head, Buffer.alloc(210)]), "moov");
  const again = moov === undefined ? undefined : readMp4Index(moov);
  expect(again?.samples.map((s) => [s.timeMs, s.bytes])).toEqual([
    [0, 100],
    [1_000, 110],
  ]);
  expect(again?.samples[0]?.at).toBe(head.length);
  expect(again?.samples[1]?.at).toBe(head.length + 100);
});

test.each([
  ["tables that disagree", moovOf({ sizes: [100, 20] })],
  ["a picture of two gigabytes", moovOf({ sizes: [2 ** 31, 20, 10, 110, 21, 11] })],
  ["a table cut short", moovOf({ ctts: box("ctts", words(0, 4, 1)) })],
  ["runs of chunks that go back", moovOf({ stsc: box("stsc", words(0, 3, 1, 4, 1, 2, 2, 1, 1, 2, 1)) })],
  ["runs of chunks without a sample", moovOf({ stsc: box("stsc", words(0, 2, 1, 6, 1, 2, 0, 1)) })],
  ["fragments", Buffer.concat([moovOf(), box("mvex")])],
  ["two video tracks", Buffer.concat([moovOf(), moovOf()])],
  ["nothing", Buffer.alloc(0)],
])("an index with %s is left to ffmpeg", (_what, moov) => {
  expect(readMp4Index(moov)).toBeUndefined();
});

test("no damage to an index makes the reader fail, run away or point outside 64-bit space", () => {
  const moov = moovOf();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(moov.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 }),
      fc.nat(moov.length),
      (changes, cutAt) => {
        const damaged = Buffer.from(moov);
        for (const [at, value] of changes) damaged[at] = value;
        for (const bytes of [damaged, damaged.subarray(0, cutAt)]) {
          const index = readMp4Index(bytes);
          for (const sample of index?.samples ?? []) expect(sample.bytes).toBeLessThanOrEqual(64 * 1024 * 1024);
          childBoxes(bytes);
        }
      },
    ),
    // a list of edits that ends before its own count: found by this test on an unlucky day
    {
      numRuns: 500,
      examples: [
        [
          [
            [219, 8],
            [4, 0],
          ],
          0,
        ],
      ],
    },
  );
});
