import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchColumns } from "../objects/columns.ts";
import { observationColumns } from "./columns.ts";
import { readLocationFrame } from "./read-location.ts";
import { readObservation } from "./read-observation.ts";
import { readInstant } from "./read-time.ts";
import { distanceToLinesM, readRouteLines, routeText } from "./route-line.ts";

const zone = "Asia/Shanghai";
const settings = { timezone: zone, coordinates: "wgs84" as const };

interface Written {
  terminal: string;
  latitude: number;
  longitude: number;
  speed: number;
  wall: string;
  status: number;
  extra: number[];
  is2019: boolean;
}

/** A frame as a terminal writes it, by the tables of JT/T 808: written here a second time, so that reader and writer check each other. */
function writeFrame({ terminal, latitude, longitude, speed, wall, status, extra, is2019 }: Written): string {
  const u16 = (value: number) => [value >> 8, value & 255];
  const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  const bcd = (digits: string) => (digits.match(/../g) ?? []).map((two) => Number.parseInt(two, 16));
  const body = [
    ...u32(0),
    ...u32(status),
    ...u32(latitude),
    ...u32(longitude),
    ...u16(12),
    ...u16(speed),
    ...u16(90),
    ...bcd(wall),
    ...extra,
  ];
  const head = is2019
    ? [...u16(0x0200), ...u16(0x4000 | body.length), 1, ...bcd(terminal.padStart(20, "0")), ...u16(7)]
    : [...u16(0x0200), ...u16(body.length), ...bcd(terminal.padStart(12, "0")), ...u16(7)];
  const bytes = [...head, ...body];
  bytes.push(bytes.reduce((sum, byte) => sum ^ byte, 0));
  const escaped = bytes.flatMap((byte) => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte]));
  return [0x7e, ...escaped, 0x7e].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const written = fc.record({
  terminal: fc.integer({ min: 10_000_000_000, max: 19_999_999_999 }).map(String),
  latitude: fc.integer({ min: 0, max: 90_000_000 }),
  longitude: fc.integer({ min: 0, max: 180_000_000 }),
  speed: fc.integer({ min: 0, max: 1_500 }),
  wall: fc
    .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().replace(/\D/g, "").slice(2, 14)),
  status: fc.constantFrom(2, 3, 6, 10, 14),
  extra: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 }),
  is2019: fc.boolean(),
});

describe("a location report (JT/T 808, 0x0200)", () => {
  test("of a gateway of others is read: 2019 header, time in GMT+8, south by its status", () => {
    const frame =
      "7e02004026010000000001391234432900000000006f0000001601dc9a0707456246007b004200032501292233440202006401040000000c417e";
    expect(readLocationFrame(frame)).toEqual({
      kind: "ok",
      location: {
        terminalNo: "13912344329",
        atMs: Date.parse("2025-01-29T14:33:44Z"),
        longitude: 121.987654,
        latitude: -31.234567,
        speedKmh: 6.6,
      },
    });
  });

  test("with escapes and a 2013 header is read as it was written", () => {
    const frame =
      "7E 02 00 00 26 12 34 56 78 90 12 00 7D 02 00 00 00 01 00 00 00 02 00 BA 7F 0E 07 E4 F1 1C 00 28 00 3C 00 00 18 10 15 10 10 10 01 04 00 00 00 64 02 02 00 7D 01 13 7E";
    expect(readLocationFrame(frame)).toEqual({
      kind: "ok",
      location: {
        terminalNo: "123456789012",
        atMs: Date.parse("2018-10-15T02:10:10Z"),
        longitude: 132.444444,
        latitude: 12.222222,
        speedKmh: 6,
      },
    });
  });

  test("comes back as it was written, whatever was written", () => {
    fc.assert(
      fc.property(written, (one) => {
        const read = readLocationFrame(writeFrame(one));
        expect(read).toMatchObject({
          kind: "ok",
          location: {
            terminalNo: one.terminal,
            longitude: ((one.status & 8) === 0 ? 1 : -1) * (one.longitude / 1e6),
            speedKmh: one.speed / 10,
          },
        });
      }),
    );
  });

  test("with one bit turned is refused or differs in nothing but that bit's field: never thrown, never taken for another length", () => {
    fc.assert(
      fc.property(written, fc.nat(), (one, place) => {
        const frame = writeFrame(one);
        const at = 2 + (place % (frame.length - 4));
        const turned =
          frame.slice(0, at) + (Number.parseInt(frame[at] ?? "0", 16) ^ 1).toString(16) + frame.slice(at + 1);
        // one bit always breaks the check code, if it does not break an escape first
        expect(readLocationFrame(turned).kind).toBe("refused");
      }),
    );
  });

  test("any other text is refused with a reason", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(fc.integer({ min: 0, max: 255 }))
            .map((bytes) => `7e${bytes.map((b) => b.toString(16).padStart(2, "0")).join("")}7e`),
        ),
        (text) => {
          const read = readLocationFrame(text);
          if (read.kind === "ok") expect(Math.abs(read.location.latitude)).toBeLessThanOrEqual(90);
        },
      ),
      { numRuns: 500 },
    );
    const good: Written = {
      terminal: "13912344329",
      latitude: 31e6,
      longitude: 121e6,
      speed: 1,
      wall: "261127210000",
      status: 2,
      extra: [],
      is2019: false,
    };
    const why = (over: Partial<Written>) => readLocationFrame(writeFrame({ ...good, ...over }));
    expect(why({ status: 0 })).toEqual({ kind: "refused", why: "not_located" });
    expect(why({ status: 0x22 })).toEqual({ kind: "refused", why: "encrypted_position" });
    expect(why({ wall: "260230210000" })).toEqual({ kind: "refused", why: "bad_time" });
    expect(why({ latitude: 91e6 })).toEqual({ kind: "refused", why: "bad_position" });
    expect(readLocationFrame("7e7e")).toMatchObject({ why: "no_flags" });
    expect(readLocationFrame("7e0102037e")).toMatchObject({ why: "too_short" });
  });
});

describe("a time", () => {
  test.each([
    ["2026-11-28 21:05:00", "2026-11-28T13:05:00.000Z"],
    ["2026/11/28 21:05", "2026-11-28T13:05:00.000Z"],
    ["2026年11月28日 21:05:09", "2026-11-28T13:05:09.000Z"],
    ["2026-11-28T13:05:00Z", "2026-11-28T13:05:00.000Z"],
    ["2026-11-28T13:05:00.250+00:00", "2026-11-28T13:05:00.250Z"],
    ["2026-11-28T21:05:00+0800", "2026-11-28T13:05:00.000Z"],
  ])("%s is %s", (text, iso) => {
    expect(new Date(readInstant(text, zone) ?? 0).toISOString()).toBe(iso);
  });
  test("that is not clear is not guessed", () => {
    for (const text of [
      "28/11/2026 21:05",
      "26-11-28 21:05",
      "2026-02-30 10:00",
      "2026-11-28 25:00",
      "1764335100",
      "2026-11-28",
      "",
    ])
      expect(readInstant(text, zone), text).toBeNull();
  });
  test("of a spreadsheet is the bureau's wall clock", () => {
    expect(new Date(readInstant(new Date("2026-11-28T21:05:00Z"), zone) ?? 0).toISOString()).toBe(
      "2026-11-28T13:05:00.000Z",
    );
  });
});

describe("a route", () => {
  test("is read from WKT and GeoJSON and written so that it reads back", () => {
    const wkt = readRouteLines("LINESTRING (121.5 31.2, 121.6 31.2)");
    expect(wkt).toEqual([
      [
        [121.5, 31.2],
        [121.6, 31.2],
      ],
    ]);
    expect(readRouteLines(routeText(wkt ?? []))).toEqual(wkt);
    expect(readRouteLines("MULTILINESTRING ((121.5 31.2, 121.6 31.2), (121.6 31.2, 121.7 31.3))")).toHaveLength(2);
    const geometry = { type: "LineString", coordinates: wkt?.[0] };
    expect(
      readRouteLines(
        JSON.stringify({ type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry }] }),
      ),
    ).toEqual(wkt);
  });
  test("that is none, or not in degrees, is refused", () => {
    for (const text of [
      "",
      "POINT (1 2)",
      "LINESTRING (1 2)",
      "LINESTRING (350000 3400000, 350001 3400001)",
      "LINESTRING (121 31, 122 99)",
      "{",
      '{"type":"Point","coordinates":[1,2]}',
      "MULTILINESTRING ((1 2, 3 4)",
    ])
      expect(readRouteLines(text), text).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void readRouteLines(text)));
  });
  test("is as far away as the ground says", () => {
    const lines = readRouteLines("LINESTRING (121.5 31.2, 121.6 31.2)") ?? [];
    expect(distanceToLinesM({ longitude: 121.55, latitude: 31.201 }, lines)).toBeCloseTo(111.2, 0);
    expect(distanceToLinesM({ longitude: 121.61, latitude: 31.2 }, lines)).toBeCloseTo(951, 0);
  });
});

describe("a row of observations", () => {
  const read = (headings: string[], cells: string[], over: object = {}) =>
    readObservation("gate_pass", matchColumns(observationColumns.gate_pass, headings), cells, 2, {
      ...settings,
      ...over,
    });
  test("is read under headings in either language; what is to be judged stays open", () => {
    const { fields, problems } = read(
      ["车牌号", "过车时间", "工地名称", "方向", "覆盖", "冲洗"],
      ["沪a·12345", "2026-11-28 21:05", "工地", "出", "待判", "已冲洗"],
    );
    expect(problems).toEqual([]);
    expect(fields).toEqual({
      plate: "沪A12345",
      at: Date.parse("2026-11-28T13:05:00Z"),
      site: "工地",
      direction: "out",
      cover: null,
      wash: "washed",
    });
  });
  test("says what is wrong with each cell, and what is missing", () => {
    const { problems } = read(["plate", "time", "cover"], ["A1", "yesterday", "perhaps"]);
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      "plate bad_plate",
      "at bad_instant",
      "cover unknown_word",
      "site missing",
    ]);
  });
  test("in GCJ-02 is shifted back to WGS-84", () => {
    const columns = matchColumns(observationColumns.track, ["plate", "time", "lon", "lat"]);
    const cells = ["沪A12345", "2026-11-28 21:05", "121.524", "31.228"];
    const { fields } = readObservation("track", columns, cells, 2, { timezone: zone, coordinates: "gcj02" });
    expect(Math.abs((fields.longitude as number) - 121.524)).toBeGreaterThan(0.003);
  });
});
