import { expect, test } from "vitest";
import { parseArguments, parseStart, UsageError } from "./parse-arguments.ts";

test("files and options in any order", () => {
  expect(parseArguments(["a.mp4", "--source", "cam-01", "b.mp4"])).toEqual({
    files: ["a.mp4", "b.mp4"],
    source: "cam-01",
    scene: null,
    start: null,
    srt: null,
  });
});

test.each([
  [[]],
  [["--wrong", "a.mp4"]],
  [["a.mp4", "b.mp4", "--start", "2026-05-01"]],
  [["a.mp4", "b.mp4", "--srt", "x"]],
])("wrong use gives one sentence: %j", (argv) => expect(() => parseArguments(argv)).toThrow(UsageError));

test("a start with an offset is an instant, without one the source's wall clock, else nothing", () => {
  const start = (text: string): string | undefined => parseStart(text, "Asia/Shanghai")?.toISOString();
  expect(start("2026-05-01T08:00:00+08:00")).toBe("2026-05-01T00:00:00.000Z");
  expect(start("2026-05-01T08:00:00Z")).toBe("2026-05-01T08:00:00.000Z");
  expect(start("2026-05-01T08:00")).toBe("2026-05-01T00:00:00.000Z");
  for (const wrong of ["2026-02-30T08:00:00", "yesterday", "2026-05-01", "2026-05-01T25:00:00Z"])
    expect(start(wrong)).toBeUndefined();
});
