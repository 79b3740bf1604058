import { describe, expect, test } from "vitest";
import { chooseStartTime, type StartClues } from "./choose-start-time.ts";
import { localToUtc } from "./local-to-utc.ts";
import { timeInName } from "./time-in-name.ts";

const utc = (text: string): number => Date.parse(text);
const receivedMs = utc("2026-05-02T00:00:00Z");
const time = { year: 2026, month: 5, day: 1, hour: 8, minute: 0, second: 4, millisecond: 250 };
const none: StartClues = {
  live: null,
  uploaderMs: null,
  telemetry: null,
  fileName: "video.mp4",
  containerMs: null,
  receivedMs,
  durationMs: 60_000,
  timezone: "Asia/Shanghai",
};

describe("the best clue wins and says which it was", () => {
  const everything: StartClues = {
    ...none,
    uploaderMs: utc("2026-05-01T00:00:00Z"),
    telemetry: { time, offsetMs: 1_000 },
    fileName: "DJI_20260501080010_0001_D.MP4",
    containerMs: utc("2026-05-01T00:00:20Z"),
  };
  test.each([
    ["uploader", everything, "2026-05-01T00:00:00.000Z"],
    ["telemetry", { ...everything, uploaderMs: null }, "2026-05-01T00:00:03.250Z"],
    ["file_name", { ...everything, uploaderMs: null, telemetry: null }, "2026-05-01T00:00:10.000Z"],
    ["container", { ...everything, uploaderMs: null, telemetry: null, fileName: "x" }, "2026-05-01T00:00:20.000Z"],
    ["received", none, "2026-05-01T23:59:00.000Z"],
  ] as const)("%s", (method, clues, at) => {
    const chosen = chooseStartTime(clues);
    expect(chosen).toMatchObject({ method, disagreements: [] });
    expect(new Date(chosen.atMs).toISOString()).toBe(at);
    expect(chosen.uncertaintyMs).toBeGreaterThan(0);
  });
});

test("a container in local time disagrees by eight hours and is written down, not used", () => {
  const chosen = chooseStartTime({
    ...none,
    fileName: "20260501_080000.mp4",
    containerMs: utc("2026-05-01T08:00:00Z"),
  });
  expect(chosen.method).toBe("file_name");
  expect(chosen.disagreements).toEqual([
    { method: "container", atMs: utc("2026-05-01T08:00:00Z"), reason: "differs by 28800 s" },
  ]);
});

test("container time alone is only as sure as its zone", () => {
  expect(chooseStartTime({ ...none, containerMs: utc("2026-05-01T08:00:00Z") }).uncertaintyMs).toBe(28_800_000);
});

test("times that cannot be true are passed over and named", () => {
  const chosen = chooseStartTime({
    ...none,
    uploaderMs: utc("2027-01-01T00:00:00Z"),
    containerMs: utc("1904-01-01T00:00:00Z"),
  });
  expect(chosen.method).toBe("received");
  expect(chosen.disagreements.map(({ method, reason }) => [method, reason])).toEqual([
    ["uploader", "cannot be true"],
    ["container", "cannot be true"],
  ]);
});

test.each([
  ["DJI_20240501093000_0001_D.MP4", "2024-05-01 09:30:00", false],
  ["20240501_093000.mp4", "2024-05-01 09:30:00", false],
  ["VID_20240501_093000.mp4", "2024-05-01 09:30:00", false],
  ["ch01_2024-05-01_09-30-00.ts", "2024-05-01 09:30:00", false],
  ["cam 2024-05-01T09:30:00Z.mkv", "2024-05-01 09:30:00", true],
  ["PXL_20240501_093000123.mp4", "2024-05-01 09:30:00", true],
])("the name %s tells %s", (name, text, isUtc) => {
  const found = timeInName(name);
  const two = (value = 0): string => String(value).padStart(2, "0");
  const t = found?.time;
  expect(`${t?.year}-${two(t?.month)}-${two(t?.day)} ${two(t?.hour)}:${two(t?.minute)}:${two(t?.second)}`).toBe(text);
  expect(found?.isUtc).toBe(isUtc);
});

test.each([
  "DJI_0001.MP4",
  "20241301_093000.mp4",
  "20240230_093000.mp4",
  "20240501_253000.mp4",
  "1202405010930001.mp4",
])("the name %s tells no time", (name) => expect(timeInName(name)).toBeNull());

test("wall clocks become instants, over a change of daylight saving too", () => {
  const at = (timezone: string, month: number, day: number, hour: number): string =>
    new Date(
      localToUtc({ year: 2026, month, day, hour, minute: 30, second: 0, millisecond: 0 }, timezone),
    ).toISOString();
  expect(at("Asia/Shanghai", 5, 1, 8)).toBe("2026-05-01T00:30:00.000Z");
  expect(at("UTC", 5, 1, 8)).toBe("2026-05-01T08:30:00.000Z");
  expect(at("Europe/Berlin", 3, 29, 1)).toBe("2026-03-29T00:30:00.000Z");
  expect(at("Europe/Berlin", 3, 29, 2)).toBe("2026-03-29T01:30:00.000Z");
  expect(at("Europe/Berlin", 3, 29, 3)).toBe("2026-03-29T01:30:00.000Z");
  expect(at("Europe/Berlin", 10, 25, 2)).toBe("2026-10-25T00:30:00.000Z");
});
