import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { box, words } from "./mp4-boxes.ts";
import { readDataTracks } from "./read-data-tracks.ts";
import type { MediaTools } from "./tools.ts";

/** Not started for an MP4. */
const tools = { ffmpeg: { path: "/none" }, ffprobe: { path: "/none" }, warnings: [] } as unknown as MediaTools;
const folder = mkdtempSync(join(tmpdir(), "mingcha-tracks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const samples = ["first", "second sample", "3"].map((text) => Buffer.from(text));

/** An MP4 with one data track and no picture. */
function makeMp4(mark = "djmd"): Buffer {
  const ftyp = box("ftyp", Buffer.from("isomiso2"), words(0));
  const first = ftyp.length + 8;
  const places = samples.map((_, i) => first + samples.slice(0, i).reduce((sum, piece) => sum + piece.length, 0));
  const stbl = box(
    "stbl",
    box("stsd", words(0, 1), box(mark, words(0, 1))),
    box("stts", words(0, 1, 3, 500)),
    box("stsc", words(0, 1, 1, 1, 1)),
    box("stsz", words(0, 0, 3, ...samples.map((piece) => piece.length))),
    box("stco", words(0, 3, ...places)),
  );
  const mdia = box("mdia", box("mdhd", words(0, 0, 0, 1000, 1500, 0)), box("minf", stbl));
  return Buffer.concat([ftyp, box("mdat", ...samples), box("moov", box("trak", mdia))]);
}

/** A small MP4 whose data tracks name the same bytes again and again: `chunks` samples of `sampleBytes`, all at one place. */
function makeOverlapping(trackCount: number, chunks: number, sampleBytes: number): Buffer {
  const ftyp = box("ftyp", Buffer.from("isomiso2"), words(0));
  const stbl = box(
    "stbl",
    box("stsd", words(0, 1), box("gpmd", words(0, 1))),
    box("stts", words(0, 1, chunks, 500)),
    box("stsc", words(0, 1, 1, 1, 1)),
    // a size of 0 is stated for each sample
    box("stsz", words(0, sampleBytes, chunks), Buffer.alloc(sampleBytes === 0 ? chunks * 4 : 0)),
    box("stco", words(0, chunks), Buffer.alloc(chunks * 4, words(ftyp.length + 8))),
  );
  const trak = box("trak", box("mdia", box("mdhd", words(0, 0, 0, 1000, chunks * 500, 0)), box("minf", stbl)));
  return Buffer.concat([
    ftyp,
    box("mdat", Buffer.alloc(sampleBytes)),
    box("moov", ...Array.from({ length: trackCount }, () => trak)),
  ]);
}
const bytesOf = (tracks: readonly { samples: readonly { bytes: Buffer }[] }[]): number =>
  tracks.flatMap(({ samples: read }) => read).reduce((sum, { bytes }) => sum + bytes.length, 0);

const write = (bytes: Buffer): string => {
  const path = join(folder, "x.mp4");
  writeFileSync(path, bytes);
  return path;
};

describe("data tracks of an MP4", () => {
  test("come with their samples' own times and bytes", async () => {
    const { tracks, moov } = await readDataTracks(tools, write(makeMp4()), ["djmd"]);
    expect(moov).not.toBeNull();
    expect(tracks).toMatchObject([{ mark: "djmd", isCut: false }]);
    expect(tracks[0]?.samples.map(({ offsetMs, bytes }) => [offsetMs, bytes.toString()])).toEqual([
      [0, "first"],
      [500, "second sample"],
      [1_000, "3"],
    ]);
  });
  test("of another mark are not read", async () => {
    expect((await readDataTracks(tools, write(makeMp4("dbgi")), ["djmd"])).tracks).toEqual([]);
  });
  test("never give more bytes than the file has: an index that names the same bytes again and again is not followed", async () => {
    // 192 KB that claim 4,000 × 64 KB in each of two tracks
    const bytes = makeOverlapping(2, 4_000, 64 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    const { tracks } = await readDataTracks(tools, write(bytes), ["gpmd"]);
    expect(tracks).toMatchObject([
      { samples: [], isCut: true },
      { samples: [], isCut: true },
    ]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });
  test("share one budget: what one track has named is not there for the next", async () => {
    const bytes = makeOverlapping(20, 1, 64 * 1024);
    const { tracks } = await readDataTracks(tools, write(bytes), ["gpmd"]);
    expect(tracks).toHaveLength(20);
    expect(tracks[0]).toMatchObject({ isCut: false });
    expect(tracks.at(-1)).toMatchObject({ samples: [], isCut: true });
    expect(bytesOf(tracks)).toBeLessThanOrEqual(bytes.length);
  });
  test("of samples without a byte are bounded in number over all tracks", { timeout: 60_000 }, async () => {
    const { tracks } = await readDataTracks(tools, write(makeOverlapping(5, 100_000, 0)), ["gpmd"]);
    expect(tracks.map(({ samples: read }) => read.length)).toEqual([100_000, 100_000, 100_000, 100_000, 50_000]);
    expect(tracks.map(({ isCut }) => isCut)).toEqual([false, false, false, false, true]);
  });
  test("of a file that is no MP4, or is not there, are none", async () => {
    expect(await readDataTracks(tools, write(Buffer.from("#EXTM3U\n")), ["djmd"])).toEqual({ tracks: [], moov: null });
    expect(await readDataTracks(tools, join(folder, "nowhere"), ["djmd"])).toEqual({ tracks: [], moov: null });
  });
  test("whatever a damaged index claims, nothing is thrown and nothing is read that the file does not hold", {
    timeout: 60_000,
  }, async () => {
    const whole = makeMp4();
    const edit = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.constantFrom(0, 1, 2, 127, 128, 255));
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of edits) bytes[at] = value;
        const { tracks } = await readDataTracks(tools, write(bytes), ["djmd"]);
        for (const { samples: read } of tracks)
          for (const piece of read) expect(piece.bytes.length).toBeLessThanOrEqual(whole.length);
      }),
      { numRuns: 400 },
    );
  });
});
