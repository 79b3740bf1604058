import { expect, test } from "vitest";
import { demuxerOfHead } from "./sniff-container.ts";
import { releaseOf } from "./tools.ts";

const text = (value: string): Buffer => Buffer.from(value.padEnd(64));

test.each([
  ["mov", Buffer.from("\0\0\0\x20ftypisom", "latin1")],
  ["matroska", Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 1, 2, 3, 4])],
  ["jpeg_pipe", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0])],
  ["png_pipe", Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
  ["playlist", text("#EXTM3U\n#EXTINF:10,\nother.ts")],
  ["playlist", text("ffconcat version 1.0\nfile /etc/passwd")],
  ["playlist", text("\n  #EXTM3U")],
  ["playlist", text('<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011">')],
  [undefined, text("RIFF\0\0\0\0AVI LIST")],
  [undefined, text("hello")],
  [undefined, Buffer.alloc(0)],
])("content decides: %s", (demuxer, head) => {
  expect(demuxerOfHead(head)).toBe(demuxer);
});

test("a transport stream is known by its second packet too", () => {
  const stream = Buffer.alloc(256);
  stream[0] = 0x47;
  expect(demuxerOfHead(stream)).toBeUndefined();
  stream[188] = 0x47;
  expect(demuxerOfHead(stream)).toBe("mpegts");
});

test("releases are read from every form of version line, builds without one count as old", () => {
  expect(releaseOf("ffmpeg version 5.1.9-0+deb12u1 Copyright")).toBe(501);
  expect(releaseOf("ffmpeg version n7.1 Copyright")).toBe(701);
  expect(releaseOf("ffmpeg version N-47683-g0e8eb07980-static")).toBe(0);
});
