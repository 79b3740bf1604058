import { describe, expect, test } from "vitest";
import { startClue } from "../intake/start-clue.ts";
import { attitudeOfQuaternion, composeAttitude } from "./attitude.ts";
import { readDjmd } from "./djmd/read-djmd.ts";
import { readGpmf } from "./gpmf/read-gpmf.ts";
import { readGpx } from "./gpx.ts";
import { asPiece, formatOfHead, telemetryFormats } from "./index.ts";
import { readKlv } from "./klv/read-st0601.ts";
import { readPhoto } from "./photo/read-photo.ts";
import { readQuickTimePlace } from "./quicktime-place.ts";
import { entriesMax, type Telemetry, type TelemetryPiece, type TelemetryResult } from "./telemetry.ts";
import {
  djiAttributes,
  gpmf,
  makeDjmd,
  makeGpmf,
  makeGpx,
  makeKlv,
  makeMoov,
  makePhoto,
  samplesOf,
} from "./testing/make-telemetry.ts";

const ok = (result: TelemetryResult): Telemetry => {
  if (result.kind === "refused") throw new Error(`${result.code}: ${result.detail}`);
  return result;
};
const first = (result: TelemetryResult) => ok(result).entries[0];
const start = Date.UTC(2026, 4, 1);
const piece = (offsetMs: number | null, bytes: Uint8Array): TelemetryPiece => ({ offsetMs, durationMs: 1_000, bytes });

describe("the list of formats", () => {
  test("each has a key of its own, a version, a made sample, and a way to be found", () => {
    expect(new Set(telemetryFormats.map(({ key }) => key)).size).toBe(telemetryFormats.length);
    for (const { key, version, recognises, inside } of telemetryFormats) {
      expect(version).toBeGreaterThan(0);
      expect(samplesOf(key).length, key).toBeGreaterThan(0);
      expect(recognises !== undefined || inside.length > 0, key).toBe(true);
    }
  });
  test("a file is recognised by its content as one format and no other", () => {
    for (const { key, recognises } of telemetryFormats)
      if (recognises !== undefined) for (const bytes of samplesOf(key)) expect(formatOfHead(bytes)?.key).toBe(key);
    for (const text of ["", "hello", "<html>", "<?xml version='1.0'?><MPD>", "#EXTM3U"])
      expect(formatOfHead(Buffer.from(text))).toBeUndefined();
  });
  test("a transport stream that carries KLV is a video, not telemetry", () => {
    const packet = Buffer.alloc(188, 0xff);
    packet[0] = 0x47;
    expect(formatOfHead(Buffer.concat([packet, packet, makeKlv(start)]))).toBeUndefined();
  });
});

describe("KLV", () => {
  const angle = (degrees: number, span: number, bytes: 2 | 4): Buffer => {
    const value = Buffer.alloc(bytes);
    if (bytes === 2) value.writeUInt16BE(Math.round((degrees / span) * 0xffff));
    else value.writeUInt32BE(Math.round((degrees / span) * 0xffffffff) >>> 0);
    return value;
  };
  const signed = (degrees: number): Buffer => {
    const value = Buffer.alloc(4);
    value.writeInt32BE(Math.round((degrees / 360) * 0xfffffffe));
    return value;
  };
  const level = [
    [5, angle(90, 360, 2)],
    [6, Buffer.alloc(2)],
    [7, Buffer.alloc(2)],
    [20, angle(0, 360, 4)],
  ] as const;
  test("a camera turned right and down on an aircraft that flies east looks south and down", () => {
    const entry = first(readKlv(asPiece(makeKlv(start, [...level, [18, angle(90, 360, 4)], [19, signed(-45)]]))));
    expect(Math.abs(entry?.gimbalYawDeg ?? 0)).toBeCloseTo(180, 1);
    expect(entry?.gimbalPitchDeg).toBeCloseTo(-45, 3);
    expect(entry?.gimbalRollDeg).toBeCloseTo(0, 1);
  });
  test("where one of the six angles is missing the camera's attitude is absent, the airframe's stays", () => {
    const entry = first(readKlv(asPiece(makeKlv(start, [...level, [19, signed(-45)]]))));
    expect(entry).toMatchObject({ gimbalYawDeg: null, gimbalPitchDeg: null });
    expect(entry?.aircraftYawDeg).toBeCloseTo(90, 2);
  });
  test("one flipped bit anywhere makes a packet count for nothing", () => {
    const good = makeKlv(start);
    for (let at = 16; at < good.length; at++) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] as number) ^ 4;
      const result = readKlv(asPiece(Buffer.concat([bad, makeKlv(start + 1_000)])));
      const times = result.kind === "ok" ? result.entries.map(({ utcMs }) => utcMs) : [];
      expect(times, `byte ${at}`).not.toContain(start);
    }
  });
  test("a slant range is a laser's only where the packet says both that the laser was on and that it was measured", () => {
    const range = angle(200, 5_000_000, 4);
    // 0x31 is the standard's own example: laser on, range measured, picture invalid
    for (const flags of [0x11, 0x31]) {
      const measured = ok(
        readKlv(
          asPiece(
            makeKlv(start, [
              [21, range],
              [47, Buffer.from([flags])],
            ]),
          ),
        ),
      );
      expect(measured.entries[0]?.rangeM).toBeCloseTo(200, 2);
      expect(measured.warnings).toEqual([]);
    }
    // none, laser on but calculated, measured by something else, the same two bits counted from the other end, a field of another size
    for (const flags of [[], [0x00], [0x01], [0x10], [0x88], [0xee], [0x11, 0x11]]) {
      const items = [[21, range], ...(flags.length === 0 ? [] : [[47, Buffer.from(flags)]])] as [number, Buffer][];
      const stated = ok(readKlv(asPiece(makeKlv(start, items))));
      expect(stated.entries[0]?.rangeM, `flags ${flags}`).toBeNull();
      expect(stated.warnings).toMatchObject([{ code: "range_not_measured", count: 1 }]);
    }
  });
  test("what has no time of its own is laid by UTC against the first, and that is said", () => {
    const result = ok(
      readKlv([piece(40, makeKlv(start)), piece(null, makeKlv(start + 33)), piece(null, makeKlv(start + 66))]),
    );
    expect(result.entries.map(({ offsetMs }) => offsetMs)).toEqual([40, 73, 106]);
    expect(result.warnings).toMatchObject([{ code: "laid_by_utc", count: 2 }]);
  });
});

describe("KLV before the first picture", () => {
  test("is no entry of the clip and does not date it early; the first packet on the picture does", () => {
    const result = ok(
      readKlv([
        piece(-2_000, makeKlv(start - 2_000)),
        piece(-500, makeKlv(start - 500)),
        piece(100, makeKlv(start + 100)),
      ]),
    );
    expect(result.entries.map(({ offsetMs, utcMs }) => [offsetMs, utcMs])).toEqual([[100, start + 100]]);
    expect(startClue(result)).toEqual({ time: { utcMs: start + 100 }, offsetMs: 100 });
    expect(result.warnings).toMatchObject([{ code: "untimed", count: 2 }]);
  });
  test("anchors what has no time of its own by its own time before the picture", () => {
    const result = ok(
      readKlv([
        piece(-2_000, makeKlv(start - 2_000)),
        piece(null, makeKlv(start - 1_000)),
        piece(null, makeKlv(start + 1_000)),
      ]),
    );
    expect(result.entries.map(({ offsetMs, utcMs }) => [offsetMs, utcMs])).toEqual([[1_000, start + 1_000]]);
  });
});

describe("djmd", () => {
  test("a missing number is 0, and a message that is not there at all stays absent", () => {
    expect(first(readDjmd([piece(0, makeDjmd({ pitchTenths: 0 }))]))).toMatchObject({
      gimbalPitchDeg: 0,
      gimbalYawDeg: 90.5,
    });
    expect(readDjmd([piece(0, Buffer.from(makeDjmd()).subarray(0, 26))])).toMatchObject({ kind: "refused" });
  });
  test("0,0 is no fix", () => {
    const result = ok(readDjmd([piece(0, makeDjmd({ longitude: 0, latitude: 0 }))]));
    expect(result.entries[0]).toMatchObject({ longitude: null, latitude: null, heightM: 60 });
    expect(result.warnings.map(({ code }) => code)).toEqual(["schema_unproven", "no_fix"]);
  });
  test("an unknown protocol is refused by its name", () => {
    expect(readDjmd([piece(0, makeDjmd({ protocol: "dvtm_Mavic9" }))])).toMatchObject({
      code: "telemetry_unknown_schema",
      detail: "djmd dvtm_Mavic9",
    });
  });
});

describe("GPMF", () => {
  test("rows are spread over their second; without a fix there is no place, and that is counted", () => {
    const result = ok(readGpmf([piece(0, makeGpmf(0)), piece(1_000, makeGpmf(1, { fix: 0 }))]));
    expect(result.entries.map(({ offsetMs, longitude }) => [offsetMs, longitude])).toEqual([
      [0, 121.5],
      [500, 121.5],
      [1_000, null],
      [1_500, null],
    ]);
    expect(result.warnings).toMatchObject([{ code: "no_fix", count: 2 }]);
  });
});

describe("GPMF that claims more rows than anybody flies", () => {
  /** One stream whose GPS5 holds 65,535 rows of one byte. */
  const dense = (): Buffer => {
    const stream = Buffer.concat([
      gpmf("GPSU", "U", 16, Buffer.from("260501000000.000")),
      gpmf("GPS5", "b", 1, Buffer.alloc(65_535, 1)),
    ]);
    // a container longer than 64 KB is told in rows of four bytes
    const container = (name: string, content: Buffer): Buffer => {
      const whole = gpmf(name, "L", 4, Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]));
      whole[4] = 0;
      return whole;
    };
    return container("DEVC", container("STRM", stream));
  };
  test("gives a bounded number of rows in bounded memory, and what was left out is counted", {
    timeout: 60_000,
  }, () => {
    const bytes = dense();
    const pieces = Array.from({ length: 3_000 }, (_, i) => piece(i * 1_000, bytes));
    const before = process.memoryUsage().heapUsed;
    const result = readGpmf(pieces);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(512 * 1024 * 1024);
    expect(ok(result).entries.length).toBeLessThanOrEqual(entriesMax);
    const tooMany = ok(result).warnings.find(({ code }) => code === "too_many_entries");
    expect(tooMany?.count).toBe(3_000 * 65_535 - entriesMax);
  });
});

describe("GPX", () => {
  test("times with a zone are instants, without one they are wall-clock times", () => {
    expect(first(readGpx(asPiece(Buffer.from(makeGpx("2026-05-01T00:00:00Z", 2)))))).toMatchObject({
      utcMs: start,
      localTime: null,
    });
    const bare = makeGpx("2026-05-01T00:00:00Z", 2).replaceAll(".000Z", "");
    expect(first(readGpx(asPiece(Buffer.from(bare))))).toMatchObject({
      utcMs: null,
      localTime: { hour: 0 },
      offsetMs: 0,
    });
  });
  test("document types, entities and deep nesting are refused", () => {
    const gpx = makeGpx("2026-05-01T00:00:00Z", 2);
    const bomb = gpx.replace("<gpx", '<!DOCTYPE gpx [<!ENTITY a "b">]><gpx');
    const deep = `<gpx>${"<trk>".repeat(5_000)}</gpx>`;
    for (const text of [bomb, deep, "<gpx", "<gpx></gpx>"])
      expect(readGpx(asPiece(Buffer.from(text)))).toMatchObject({ kind: "refused" });
  });
});

describe("photos", () => {
  const read = async (change: Record<string, string>, date?: string) =>
    ok(await readPhoto(asPiece(makePhoto({ ...djiAttributes, ...change }, date))));
  test("both spellings of the longitude are read, and the zone of xmp:CreateDate", async () => {
    expect((await read({})).entries[0]).toMatchObject({ longitude: 121.5, latitude: 31.2, utcMs: start });
    const { GpsLongtitude: longitude, ...rest } = djiAttributes;
    const right = ok(await readPhoto(asPiece(makePhoto({ ...rest, GpsLongitude: longitude }))));
    expect(right.entries[0]?.longitude).toBe(121.5);
    expect((await read({}, "2026-05-01")).entries[0]).toMatchObject({ utcMs: null, localTime: null });
  });
  test("a laser counts if it calls itself normal and measured more than a metre", async () => {
    expect((await read({ LRFStatus: "Normal", LRFTargetDistance: "71.085" })).entries[0]?.rangeM).toBe(71.085);
    for (const change of [
      { LRFStatus: "Invalid", LRFTargetDistance: "71.085" },
      { LRFStatus: "Normal", LRFTargetDistance: "0.000" },
    ]) {
      const photo = await read(change);
      expect(photo.entries[0]?.rangeM).toBeNull();
      expect(photo.warnings).toMatchObject([{ code: "laser_not_used" }]);
    }
  });
  test("a stated spread counts only when RTK is fixed", async () => {
    const spread = { RtkStdLon: "0.012", RtkStdLat: "0.015", RtkStdHgt: "0.03" };
    expect((await read({ ...spread, RtkFlag: "50" })).entries[0]).toMatchObject({
      sigmaHorizontalM: 0.015,
      sigmaVerticalM: 0.03,
    });
    for (const RtkFlag of ["0", "16", "34"])
      expect((await read({ ...spread, RtkFlag })).entries[0]?.sigmaHorizontalM).toBeNull();
  });
  test("without XMP and without a position in EXIF a photo has no place: ordinary input", async () => {
    expect(await readPhoto(asPiece(Buffer.from([0xff, 0xd8, 0xff, 0xd9])))).toMatchObject({
      code: "telemetry_no_position",
    });
  });
});

test("a QuickTime position is one point; 0,0 and text that is none are no place", () => {
  expect(first(readQuickTimePlace(asPiece(makeMoov("+31.2000+121.5000+010.5/"))))).toMatchObject({
    longitude: 121.5,
    latitude: 31.2,
    altitudeM: 10.5,
  });
  for (const text of ["+00.0000+000.0000/", "nowhere", ""])
    expect(readQuickTimePlace(asPiece(makeMoov(text)))).toMatchObject({ code: "telemetry_no_position" });
});

describe("attitude", () => {
  test("turning by nothing changes nothing; yaw adds; straight down is told as yaw", () => {
    const body = { yawDeg: 30, pitchDeg: -10, rollDeg: 5 };
    const same = composeAttitude(body, { yawDeg: 0, pitchDeg: 0, rollDeg: 0 });
    expect(same.yawDeg).toBeCloseTo(30, 9);
    expect(same.pitchDeg).toBeCloseTo(-10, 9);
    expect(same.rollDeg).toBeCloseTo(5, 9);
    const down = composeAttitude({ yawDeg: 30, pitchDeg: 0, rollDeg: 0 }, { yawDeg: 15, pitchDeg: -90, rollDeg: 0 });
    expect(down).toMatchObject({ pitchDeg: -90, rollDeg: 0 });
    expect(down.yawDeg).toBeCloseTo(45, 6);
  });
  test("a quaternion of a quarter turn to the right is yaw 90; one that is no rotation is none", () => {
    expect(attitudeOfQuaternion([Math.SQRT1_2, 0, 0, Math.SQRT1_2])?.yawDeg).toBeCloseTo(90, 9);
    expect(attitudeOfQuaternion([0, 0, 0, 0])).toBeNull();
  });
});
