import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { decodeLooks, demuxerOfHead } from "@mingcha/infra/media";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { createTorture } from "../testing/make-torture.ts";
import { addUpload } from "../testing/upload.ts";
import { finishedUploads } from "../ways-in/finished-uploads.ts";

const tools = await findToolsForTest();

describe.runIf(tools)("media as nobody should send them", () => {
  let world: World;
  const asked: string[] = [];
  const server = createServer((request, answer) => {
    asked.push(request.url ?? "");
    answer.end();
  });
  let away = "";
  beforeAll(async () => {
    if (!tools) return;
    world = await createWorld(tools);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    away = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    await world?.close();
  });

  /** What became of a file, and the looks a detector would get of it. */
  const take = async (path: string) => {
    const id = await addUpload(world, path);
    await (await finishedUploads(world.deps)).look();
    const thrown = await world.drain();
    const row = await world.deps.db.intake.findUniqueOrThrow({ where: { dedupeKey: `upload:${id}` } });
    return { row, thrown };
  };
  const looksOf = async (sha256: string, file: string) => {
    const looks: number[] = [];
    const clip = await world.deps.db.clip.findFirstOrThrow({ where: { sha256 } });
    const demuxer = demuxerOfHead(readFileSync(file).subarray(0, 256));
    if (demuxer === undefined || demuxer === "playlist") throw new Error("was taken for media");
    const decoded = await decodeLooks(
      world.deps.tools,
      {
        file,
        demuxer,
        isPhoto: clip.durationMs === 0,
        everyMs: 1_000,
        firstMs: 0,
        keyframesOnly: false,
        width: 64,
        height: 64,
        place: { x: 0, y: 0, width: 64, height: 64 },
        pad: 114,
        pixelFormat: "rgb24",
      },
      async (frame) => void looks.push(frame.length),
    );
    return { clip, decoded, looks: looks.length };
  };

  test("each is set aside with its reason or taken as what it is; nothing it names is opened, and this process stays small", async () => {
    if (!tools) return;
    const make = createTorture(tools);
    const at = (name: string): string => join(world.data, name);
    const secret = await make.plain(at("another-users.mp4"), 9);
    const refused: [what: string, code: RegExp, file: string][] = [
      ["no byte at all", /^empty$/, await make.text(at("zero.mp4"), "")],
      [
        "MP4 cut in its samples",
        /^truncated$/,
        await make.cut(at("cut.mp4"), 0.6, ["-movflags", "+faststart", "-f", "mp4"]),
      ],
      ["MP4 without its index", /^truncated$/, await make.cut(at("no-index.mp4"), 0.5, ["-f", "mp4"])],
      ["text with the name of a film", /^container_not_accepted$/, await make.text(at("film.mp4"), "a".repeat(4_000))],
      [
        "a program",
        /^container_not_accepted$/,
        await make.text(at("run.mp4"), Buffer.from(`\x7fELF${"\0".repeat(2_000)}`)),
      ],
      ["200 MB of nothing, packed", /^container_not_accepted$/, await make.gzip(at("packed.mp4"))],
      [
        "an index that unfolds to 500 MB",
        /damaged|no_video|no_length|tool_failed/,
        await make.compressedIndex(at("cmov.mp4")),
      ],
      [
        "an index of four thousand million samples",
        /damaged|no_length|no_video|tool_failed|too_long/,
        await make.endlessIndex(at("endless.mp4")),
      ],
      ["ten years of film", /^too_long$/, await make.tenYears(at("years.mp4"))],
      ["a photo of 201 megapixels", /^too_many_pixels$/, await make.photo16k(at("16k.jpg"))],
      [
        "a list that names another user's film",
        /^playlist$/,
        await make.text(at("hls.mp4"), `#EXTM3U\n#EXTINF:10,\n${secret}\n#EXT-X-ENDLIST\n`),
      ],
      [
        "a list with a key to fetch",
        /^playlist$/,
        await make.text(
          at("key.ts"),
          `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${away}/key"\n#EXTINF:1,\n${away}/1.ts\n`,
        ),
      ],
      [
        "a script for ffmpeg",
        /^playlist$/,
        await make.text(at("concat.mov"), `ffconcat version 1.0\nfile '${secret}'\n`),
      ],
      [
        "a DASH manifest",
        /playlist|container_not_accepted/,
        await make.text(at("dash.mp4"), `<?xml version="1.0"?><MPD><BaseURL>${away}/</BaseURL></MPD>`),
      ],
      [
        "a session description",
        /^container_not_accepted$/,
        await make.text(at("live.mp4"), `v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n`),
      ],
      [
        "a drawing that links a picture",
        /^container_not_accepted$/,
        await make.text(at("link.png"), `<svg xmlns="http://www.w3.org/2000/svg"><image href="${away}/x.png"/></svg>`),
      ],
      [
        "samples in another user's film",
        /^points_elsewhere$/,
        await make.elsewhere(at("dref-file.mp4"), `file://${secret}`),
      ],
      ["samples at an address", /^points_elsewhere$/, await make.elsewhere(at("dref-url.mp4"), `${away}/film.mp4`)],
      ["time that begins again in the middle", /^time_jumps$/, await make.backwards(at("backwards.ts"))],
      ["a hole of an hour in its time", /^time_jumps$/, await make.hole(at("hole.ts"))],
    ];
    const table: string[] = [];
    const before = process.memoryUsage().rss;
    for (const [what, code, file] of refused) {
      const { row, thrown } = await take(file);
      table.push(`${what} → ${row.state} ${row.reasonCode}: ${row.reasonEn}`);
      expect(thrown, what).toEqual([]);
      expect.soft([row.state, row.reasonCode], what).toEqual(["QUARANTINED", expect.stringMatching(code)]);
    }
    const handled: [what: string, file: string, looks: number, size: [number, number]][] = [
      [
        "a transport stream called .mp4",
        await make.ff(at("really.ts.mp4"), ["-i", secret, "-c", "copy", "-f", "mpegts"]),
        9,
        [320, 180],
      ],
      ["a transport stream cut off", await make.cut(at("cut.ts"), 0.6, ["-f", "mpegts"]), 3, [320, 180]],
      ["uneven pictures", await make.uneven(at("uneven.mp4")), 8, [320, 180]],
      ["a film that lies on its side", await make.turned(at("turned.mp4")), 4, [180, 320]],
      ["time past the end of 33 bits", await make.wrapping(at("wrapping.ts")), 6, [320, 180]],
      ["a photo 16,384 pixels wide", await make.wide16k(at("wide.jpg")), 1, [16384, 2048]],
    ];
    for (const [what, file, least, size] of handled) {
      const { row, thrown } = await take(file);
      expect(thrown, what).toEqual([]);
      expect.soft([row.state, row.reasonCode], what).toEqual(["STORED", null]);
      if (row.state !== "STORED" || row.sha256 === null) continue;
      const { clip, decoded, looks } = await looksOf(row.sha256, file);
      table.push(`${what} → ${clip.durationMs} ms, ${clip.widthPx}×${clip.heightPx}, ${looks} looks at one a second`);
      expect.soft([clip.widthPx, clip.heightPx], what).toEqual(size);
      expect.soft(decoded.kind, what).toBe("ok");
      expect.soft(looks, what).toBeGreaterThanOrEqual(least);
      if (decoded.kind === "ok")
        expect
          .soft(decoded.frameTimesMs, `${what}: looks in the order of time`)
          .toEqual(decoded.frameTimesMs.toSorted((a, b) => a - b));
    }
    const grownMb = (process.memoryUsage().rss - before) / 2 ** 20;
    console.log(`${table.join("\n")}\nthis process grew by ${grownMb.toFixed(0)} MB`);
    expect(asked, "what was asked of the outside").toEqual([]);
    expect(statSync(secret).size).toBeGreaterThan(0);
    expect(grownMb).toBeLessThan(400);
  }, 300_000);
});
