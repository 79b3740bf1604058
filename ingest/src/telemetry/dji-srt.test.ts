import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDjiSrt } from "./dji-srt.ts";
import type { Telemetry, TelemetryOptions } from "./telemetry.ts";

const cue = (n: number, text: string): string => `${n}\r\n00:00:0${n - 1},000 --> 00:00:0${n},000\r\n${text}\r\n`;

function read(text: string, options?: TelemetryOptions): Telemetry {
  const telemetry = readDjiSrt(text, options);
  if (telemetry.kind === "refused") throw new Error(telemetry.detail);
  return telemetry;
}

/** One block of each dialect, at a made-up place in Shanghai. */
const dialects: Record<string, { text: string; place: boolean; heightM?: number; altitudeM?: number; dated: boolean }> =
  {
    A: {
      text: "HOME(121.5001,31.2001) 2026.05.01 08:00:00\nGPS(121.5002,31.2002,16) BAROMETER:41.9\nISO:100 Shutter:60",
      place: true,
      heightM: 41.9,
      dated: true,
    },
    "A′": {
      text: "2026.05.01 08:00:00\nGPS(31.2002,121.5002,45.0M) BAROMETER:41.9M",
      place: true,
      heightM: 41.9,
      altitudeM: 45,
      dated: true,
    },
    B: {
      text: "F/5.6, SS 400, ISO 100, EV 0, GPS (121.5002, 31.2002, 15), HOME (121.5, 31.2, 7.60m), D 6.70m, H 41.90m, H.S 0.00m/s, F.PRY (2.7°, -7.0°, 110.1°), G.PRY (-24.4°, 0.5°, 110.4°)",
      place: true,
      heightM: 41.9,
      dated: false,
    },
    C: {
      text: '<font size="36">SrtCnt : 1, DiffTime : 33ms\n2026-05-01 08:00:00,774,808\n[iso : 100] [fnum : 280] [latitude: 31.2002] [longitude: 121.5002] [altitude: 45.000000] </font>',
      place: true,
      altitudeM: 45,
      dated: true,
    },
    "C′": {
      text: "2026-05-01 08:00:00,720,764\n[iso : 120] [latitude : 31.2002] [longtitude : 121.5002] [altitude: 45.0]",
      place: true,
      altitudeM: 45,
      dated: true,
    },
    D: {
      text: '<font size="28">FrameCnt: 1, DiffTime: 20ms\n2026-05-01 08:00:00.373\n[iso: 220] [latitude: 31.2002] [longitude: 121.5002] [rel_alt: 41.900 abs_alt: 45.000] </font>',
      place: true,
      heightM: 41.9,
      altitudeM: 45,
      dated: true,
    },
    E: {
      text: "2026-05-01 08:00:00.015\n[iso: 200] [dzoom_ratio: 1.00], [latitude: 31.2002] [longitude: 121.5002] [rel_alt: 41.9 abs_alt: 45] [gb_yaw: 110.4 gb_pitch: -24.4 gb_roll: 0.5]",
      place: true,
      heightM: 41.9,
      altitudeM: 45,
      dated: true,
    },
  };

describe("every dialect tells what it holds and nothing else", () => {
  test.each(Object.entries(dialects))("%s", (family, { text, heightM, altitudeM, dated }) => {
    const telemetry = read(cue(1, text) + cue(2, text));
    expect(telemetry.format).toBe(`dji-srt/${family}`);
    expect(telemetry.entries.map(({ offsetMs }) => offsetMs)).toEqual([0, 1_000]);
    expect(telemetry.entries[0]).toMatchObject({
      longitude: 121.5002,
      latitude: 31.2002,
      heightM: heightM ?? null,
      altitudeM: altitudeM ?? null,
    });
    expect(telemetry.entries[0]?.localTime !== null).toBe(dated);
    const turns = family === "B" || family === "E";
    expect(telemetry.entries[0]).toMatchObject(
      turns
        ? { gimbalYawDeg: 110.4, gimbalPitchDeg: -24.4, gimbalRollDeg: 0.5 }
        : { gimbalYawDeg: null, gimbalPitchDeg: null, gimbalRollDeg: null },
    );
  });
});

describe("the order of axes is decided once per file", () => {
  const west = (first: string): string => cue(1, `GPS(${first},16) BAROMETER:1.9`);
  test("a value beyond 90 anywhere settles it for all", () => {
    const telemetry = read(west("89.9,31.2") + cue(2, "GPS(90.1,31.2,16) BAROMETER:2.0"));
    expect(telemetry.axisOrder).toEqual({ kind: "lon-lat", because: "beyond-90" });
    expect(telemetry.entries[0]).toMatchObject({ longitude: 89.9, latitude: 31.2 });
  });
  test("where numbers alone do not, the place of the bureau does", () => {
    const near = { longitude: 87.6, latitude: 43.8, withinKm: 150 };
    expect(read(west("87.61,43.81"), { near }).axisOrder.kind).toBe("lon-lat");
    expect(read(west("43.81,87.61"), { near }).axisOrder.kind).toBe("lat-lon");
  });
  test("else the video is not placed, and the reason says so", () => {
    const telemetry = read(west("87.61,43.81"));
    expect(telemetry.axisOrder).toEqual({ kind: "open", usual: "lon-lat", first: [87.61, 43.81] });
    expect(telemetry.entries[0]).toMatchObject({ longitude: null, latitude: null, heightM: 1.9 });
    expect(telemetry.warnings.map(({ code }) => code)).toEqual(["axis_order_open"]);
  });
  test("a named position in the same file is the reference", () => {
    const text =
      cue(1, "F/5.6, GPS (87.61, 43.81, 16), H 1.00m") +
      cue(2, dialects.C?.text.replace("31.2002", "43.8").replace("121.5002", "87.6") ?? "");
    expect(read(text).axisOrder).toEqual({ kind: "lon-lat", because: "named-in-same-file" });
  });
});

test("0,0 is no fix, off the globe is no place, an impossible date is no date", () => {
  const telemetry = read(
    cue(1, "2026-13-01 08:00:00.1\n[latitude: 0.0] [longitude: 0.0] [rel_alt: 1 abs_alt: 2]") +
      cue(2, "2026-02-30 08:00:00.1\n[latitude: 91.0] [longitude: 10.0] [rel_alt: 1 abs_alt: 2]"),
  );
  for (const entry of telemetry.entries)
    expect(entry).toMatchObject({ longitude: null, latitude: null, localTime: null });
  expect(telemetry.warnings.map(({ code, count }) => [code, count])).toEqual([
    ["no_fix", 1],
    ["off_globe", 1],
  ]);
});

test("offsets only grow: repeated and backward cues are counted, not used", () => {
  const line = dialects.D?.text ?? "";
  const telemetry = read(cue(1, line) + cue(3, line) + cue(2, line) + cue(3, line) + cue(4, line));
  expect(telemetry.entries.map(({ offsetMs }) => offsetMs)).toEqual([0, 2_000, 3_000]);
  expect(telemetry.warnings).toMatchObject([{ code: "backwards", count: 2 }]);
});

test("without cue times the file's own dates give the spacing", () => {
  const line = (n: number): string =>
    `${n}\n2026.05.01 08:00:0${n},393,525\n[latitude : 31.2] [longtitude : 121.5] [iso : 100]\n\n`;
  expect(read(line(1) + line(2) + line(5)).entries.map(({ offsetMs }) => offsetMs)).toEqual([0, 1_000, 4_000]);
});

test("byte-order mark, CRLF, lone CR and missing empty lines are read", () => {
  const lines = [
    "1",
    "00:00:00,000 --> 00:00:01,000",
    dialects.E?.text ?? "",
    "2",
    "00:00:01.000 --> 00:00:02.000",
    dialects.E?.text ?? "",
  ];
  for (const end of ["\n", "\r\n", "\r"]) expect(read(`\uFEFF${lines.join(end)}`).entries).toHaveLength(2);
});

test("what is no telemetry is refused with a reason", () => {
  const refused = (text: string) => readDjiSrt(text);
  expect(refused("")).toMatchObject({ kind: "refused", code: "telemetry_empty" });
  expect(refused("1\n")).toMatchObject({ kind: "refused", code: "telemetry_empty" });
  expect(refused(cue(1, "Hello, I am a film."))).toMatchObject({ kind: "refused", code: "telemetry_unknown_dialect" });
  expect(refused(`1\n\u0000`)).toMatchObject({ kind: "refused", code: "telemetry_not_text" });
});

/** Pieces of real blocks in any order, cut anywhere: what a broken transfer leaves. */
const shards = fc.constantFrom(
  ...Object.values(dialects).flatMap(({ text }) => text.split(/(?<=[\s,(])/)),
  "1\n",
  "\n\n",
  "00:00:00,000 --> 00:00:00,020\n",
  "99:99:99,999 --> \n",
  "[latitude: ",
  "GPS(",
  "\u0000",
  "\uFEFF",
  "[".repeat(50),
  "9".repeat(400),
);

describe("whatever comes, it is read or refused", { timeout: 30_000 }, () => {
  const check = (text: string): void => {
    const telemetry = readDjiSrt(text);
    if (telemetry.kind === "refused") return;
    let last = -1;
    for (const entry of telemetry.entries) {
      expect(entry.offsetMs).toBeGreaterThan(last);
      last = entry.offsetMs ?? 0;
      expect((entry.longitude === null) === (entry.latitude === null)).toBe(true);
      for (const value of Object.values(entry))
        if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
      if (entry.latitude !== null) expect(Math.abs(entry.latitude)).toBeLessThanOrEqual(90);
    }
  };
  test("shards of real files", () => {
    fc.assert(
      fc.property(fc.array(shards, { maxLength: 60 }), (parts) => check(parts.join(""))),
      { numRuns: 500 },
    );
  });
  test("any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), check), { numRuns: 300 });
  });
  test("long runs of one character take no time", () => {
    for (const character of ["1", " ", "[", "GPS (", "latitude: ", "-", "\n", "1\n\n"]) {
      const before = performance.now();
      check(`1\n00:00:00,000 --> 00:00:01,000\n${character.repeat(200_000)}`);
      expect(performance.now() - before).toBeLessThan(2_000);
    }
  });
});
