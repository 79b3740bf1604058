import { expect, test } from "vitest";
import { klvTrack } from "./read-transport-klv.ts";

const timesOf = (
  packets: { pts_time?: number; size: number }[],
  startS: number | null,
  anchorMs: number | null = null,
) =>
  klvTrack(packets, Buffer.from("abcdef"), startS, anchorMs).samples.map(({ offsetMs, bytes }) => [
    offsetMs,
    bytes.toString(),
  ]);

test("a packet before the first picture keeps its own time before it and is not moved onto it", () => {
  const packets = [8, 9.5, 10, 10.5].map((pts_time) => ({ pts_time, size: 1 }));
  expect(timesOf(packets, 10)).toEqual([
    [-2_000, "a"],
    [-500, "b"],
    [0, "c"],
    [500, "d"],
  ]);
});

test("without times the first packet alone is anchored, and where the picture's clock is not known nothing is", () => {
  expect(timesOf([{ size: 2 }, { size: 2 }], 10, 40)).toEqual([
    [40, "ab"],
    [null, "cd"],
  ]);
  expect(timesOf([{ pts_time: 8, size: 2 }], null)).toEqual([[null, "ab"]]);
});

test("a packet whose bytes are not all there is left out and said to be cut", () => {
  expect(klvTrack([{ size: 4 }, { size: 4 }], Buffer.from("abcdef"), 0, 0)).toMatchObject({
    samples: [{ bytes: Buffer.from("abcd") }],
    isCut: true,
  });
});
