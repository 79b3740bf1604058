import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { demuxerOfHead, findMediaTools, probe, readDataTracks } from "@mingcha/infra/media";
import { describe, expect, test } from "vitest";
import { asPiece, formatInside } from "./index.ts";
import { readInside, readTelemetryFile, trackMarks } from "./read-any.ts";
import type { Telemetry, TelemetryResult } from "./telemetry.ts";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(resolve(repoRoot, process.env.MINGCHA_TEST_DATA ?? "../shared/data"), "drone");
const isHere = existsSync(folder);
if (!isHere) console.log(`real telemetry is not read: there is no ${folder} (MINGCHA_TEST_DATA)`);
const tools = isHere ? await findMediaTools().catch(() => undefined) : undefined;
if (isHere && tools === undefined) console.log("telemetry inside transport streams is not read: there is no ffmpeg");

interface Row {
  file: string;
  format: string;
  points: number;
  time: string;
  timeFrom: "UTC" | "no zone" | "none";
  place: string;
  said: string;
}

const text = (value: number | null | undefined, digits: number): string => (value ?? Number.NaN).toFixed(digits);

function firstTime({ entries }: Telemetry): Pick<Row, "time" | "timeFrom"> {
  const utc = entries.find(({ utcMs }) => utcMs !== null)?.utcMs ?? null;
  if (utc !== null) return { time: new Date(utc).toISOString(), timeFrom: "UTC" };
  const local = entries.find(({ localTime }) => localTime !== null)?.localTime;
  if (!local) return { time: "-", timeFrom: "none" };
  const two = (value: number): string => String(value).padStart(2, "0");
  return {
    time: `${local.year}-${two(local.month)}-${two(local.day)} ${two(local.hour)}:${two(local.minute)}:${two(local.second)}`,
    timeFrom: "no zone",
  };
}

function rowOf(file: string, key: string, result: TelemetryResult): Row {
  if (result.kind === "refused")
    return {
      file,
      format: key,
      points: 0,
      time: "-",
      timeFrom: "none",
      place: "-",
      said: `${result.code}: ${result.detail}`,
    };
  const placed = result.entries.find(({ longitude }) => longitude !== null);
  return {
    file,
    format: result.format,
    points: result.entries.length,
    ...firstTime(result),
    place: placed === undefined ? "no" : `${text(placed.longitude, 5)}, ${text(placed.latitude, 5)}`,
    said: result.warnings.map(({ en }) => en).join("; "),
  };
}

async function examine(file: string): Promise<Row> {
  const bytes = readFileSync(join(folder, file));
  const alone = await readTelemetryFile(bytes);
  if (alone) return rowOf(file, alone.format.key, alone.result);
  const container = demuxerOfHead(bytes.subarray(0, 256));
  if (container === "jpeg_pipe") {
    const format = formatInside("jpeg");
    if (format) return rowOf(file, format.key, await format.read(asPiece(bytes), {}));
  }
  if ((container === "mov" || container === "mpegts") && tools !== undefined) {
    const { found, refused } = await readInside(await readDataTracks(tools, join(folder, file), trackMarks));
    if (found) return rowOf(file, found.format.key, found.result);
    const [first] = refused;
    if (first) return rowOf(file, first.format, first.refusal);
    const probed = await probe(tools, join(folder, file));
    if (probed.kind === "refused") return { ...nothing(file), said: `video refused: ${probed.code}` };
  }
  return { ...nothing(file), said: `no telemetry (${container ?? "of no known kind"})` };
}

const nothing = (file: string): Omit<Row, "said"> => ({
  file,
  format: "-",
  points: 0,
  time: "-",
  timeFrom: "none",
  place: "-",
});

const all = isHere
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      // boxes of training pictures and their like are no telemetry
      .filter((name) => !/\.(txt|md|tsv|js|xml|xlsx)$|LICENSE$|auair_subset|airspace/.test(name))
      .sort()
  : [];

type Expected = [format: string, points: number, time: string, place: string] | [refused: RegExp];
const utc = (text: string): string => new Date(text).toISOString();

/** File → what ingest note §1 and §8, the file's own text, and ExifTool, pyulog or klvdata say of it. DJI subtitles have their own table. */
const expected: Record<string, Expected> = {
  "callmarcus_dji/samples/photos/church1.jpg": ["photo/exif", 1, "2026-06-15 12:30:45", "24.95222, 60.17028"],
  "callmarcus_dji/samples/photos/no_gps.jpg": [/telemetry_no_position/],
  "exiftool/t/images/Geotag_DJI_2020-12-02_[07-50-31].csv": [/of no known kind/],
  "gpmf/hero11.raw": ["gopro-gpmf/GPS9", 110, utc("2022-09-20T13:29:36.899Z"), "-8.64998, 42.42615"],
  "gpmf/karma.mp4": ["gopro-gpmf/GLPI", 47, utc("2017-04-17T19:27:57.527Z"), "-117.33107, 33.12537"],
  "gpmf/karma.raw": ["gopro-gpmf/GLPI", 4, utc("2017-04-17T19:27:57.527Z"), "-117.33107, 33.12537"],
  "gpmf/max-heromode.mp4": ["gopro-gpmf/GPS5", 191, utc("2019-11-18T23:45:14.000Z"), "-117.32734, 33.12677"],
  "img/DJI_XT2.jpg": ["photo/drone-dji", 1, "2018-07-27 14:51:54", "76.37779, 9.97216"],
  // the zone of xmp:CreateDate (+02:00) is believed before EXIF's 14:35:32 without one
  "img/H20T_DJI_20220602143532_0191_T.JPG": [
    "photo/drone-dji",
    1,
    utc("2022-06-02T14:35:32+02:00"),
    "12.30895, 51.36613",
  ],
  "img/H20T_DJI_20220602143534_0192_T.JPG": [
    "photo/drone-dji",
    1,
    utc("2022-06-02T14:35:34+02:00"),
    "12.30896, 51.36618",
  ],
  "img/brighton_DJI_0024.JPG": ["photo/drone-dji", 1, "2016-06-23 16:32:43", "-91.99370, 46.84286"],
  "img/brighton_DJI_0025.JPG": ["photo/drone-dji", 1, "2016-06-23 16:32:50", "-91.99383, 46.84277"],
  "img/H20T_DJI_0002_R.JPG": [/telemetry_no_position: no XMP/],
  "img/M2EA_DJI_0001_R.JPG": [/telemetry_no_position: no XMP/],
  "img/M30T_DJI_0005_R.JPG": [/telemetry_no_position: no XMP/],
  "img/M3TD_DJI_0001_R.JPG": [/telemetry_no_position: no XMP/],
  "img/M3T_DJI_0002_R.JPG": [/telemetry_no_position: no XMP/],
  "img/M4T_DJI_0002_R.JPG": [/telemetry_no_position: no XMP/],
  "klv/DynamicConstantMISMMSPacketData.bin": [/telemetry_checksum/],
  "klv/DynamicOnlyMISMMSPacketData.bin": ["misb-klv/ST0601", 1, utc("2009-01-12T22:08:22Z"), "128.42676, 60.17682"],
  // MPEG-2 video is refused before anything in it is read
  "kwiver_klv/test_data/videos/aphill_klv_10s.ts": [/video refused: codec_not_accepted/],
  "kwiver_klv/test_data/videos/mpeg2_klv.ts": [/video refused: codec_not_accepted/],
  "kwiver_klv/test_data/videos/aphill_short.ts": [/telemetry_old_standard: 48 packets of ST 0104/],
  "kwiver_klv/test_data/videos/h264_no_klv.ts": [/no telemetry/],
  "kwiver_klv/test_data/videos/h264_klv.ts": [
    "misb-klv/ST0601",
    30,
    utc("2008-10-24T00:13:29.913Z"),
    "128.42676, 60.17682",
  ],
  "kwiver_klv/test_data/videos/h265_klv.ts": [
    "misb-klv/ST0601",
    30,
    utc("2008-10-24T00:13:29.913Z"),
    "128.42676, 60.17682",
  ],
  "kwiver_klv/test_data/videos/h265_tricky_klv.ts": [
    "misb-klv/ST0601",
    30,
    utc("2008-10-24T00:13:29.913Z"),
    "128.42676, 60.17682",
  ],
  "sitrec/data/folsomlake/MICK folsomake DJI_0031 - 01.srt": ["dji-srt/B", 39, "-", "-121.16890, 38.72250"],
  "sitrec/data/misb/Truck.klv": ["misb-klv/ST0601", 711, utc("2012-09-19T20:50:26.485Z"), "-104.87022, 41.09574"],
  // their keys were cut short where somebody split the stream: no packet is whole, no checksum can be right
  "sitrec/data/misb/day.klv": [/telemetry_empty: no whole ST 0601 packet/],
  "sitrec/data/misb/night.klv": [/telemetry_empty: no whole ST 0601 packet/],
  "ulog/sample_log_small.ulg": [
    "px4-ulog/vehicle_gps_position",
    32,
    utc("2021-04-21T06:30:58.600Z"),
    "10.40822, 63.41706",
  ],
  "video/iphone_with-gps.mov": ["quicktime-place/apple", 1, utc("2019-07-24T11:25:40+03:00"), "34.86200, 32.09290"],
  "video/synthetic_djmd_m4e.mp4": ["dji-djmd/wa345e", 30, utc("2026-05-16T23:55:53Z"), "116.39750, 39.90870"],
  "waypointsample.kmz": [/of no known kind/],
};

describe.runIf(isHere)("every telemetry file under shared/data/drone", { timeout: 120_000 }, () => {
  test("is read as it should be, or refused with a reason; none throws and none hangs", async () => {
    const rows: Row[] = [];
    for (const file of all) rows.push(await examine(file));
    console.log(
      rows
        .map(({ file, format, points, time, timeFrom, place, said }) =>
          [
            file.slice(-52).padEnd(52),
            format.padEnd(24),
            String(points).padStart(6),
            time.padEnd(24),
            timeFrom.padEnd(7),
            place.padEnd(21),
            said,
          ].join(" │ "),
        )
        .join("\n"),
    );
    for (const row of rows) expect(row.points > 0 || row.said !== "", row.file).toBe(true);
    const byFile = new Map(rows.map((row) => [row.file, row]));
    for (const [file, want] of Object.entries(expected)) {
      const row = byFile.get(file);
      if (row === undefined || (tools === undefined && file.endsWith(".ts"))) continue;
      if (want.length === 1) {
        expect(row.said, file).toMatch(want[0]);
        expect(row.points, file).toBe(0);
      } else expect([row.format, row.points, row.time, row.place], file).toEqual(want);
    }
    expect(rows.filter(({ file }) => file in expected).length).toBeGreaterThan(30);
  });

  const entryOf = async (file: string) => {
    const { result } = (await readTelemetryFile(readFileSync(join(folder, file)))) ?? {};
    if (result?.kind !== "ok") throw new Error(file);
    return result;
  };
  const photoOf = async (file: string) => {
    const result = await formatInside("jpeg")?.read(asPiece(readFileSync(join(folder, file))), {});
    if (result?.kind !== "ok") throw new Error(file);
    return result;
  };

  test("a photo's laser, attitude and three heights come as its XMP states them, the altitude with its type", async () => {
    const photo = await photoOf("img/H20T_DJI_20220602143532_0191_T.JPG");
    expect(photo).toMatchObject({ altitudeType: "GpsFusionAlt", isAircraft: true, warnings: [] });
    expect(photo.entries[0]).toMatchObject({
      heightM: 94.992,
      altitudeM: 252.475,
      ellipsoidM: null,
      gimbalPitchDeg: -90,
      gimbalYawDeg: 6,
      gimbalRollDeg: 0,
      aircraftYawDeg: 3.1,
      rangeM: 71.085,
      sigmaHorizontalM: null,
    });
  });

  test("RelativeAltitude less the laser's target height is the laser's distance within 5 cm: nadir, so they are one line", async () => {
    for (const [file, targetM] of [["img/H20T_DJI_20220602143532_0191_T.JPG", 23.917]] as const) {
      const [entry] = (await photoOf(file)).entries;
      expect((entry?.heightM ?? 0) - targetM - (entry?.rangeM ?? 0)).toBeCloseTo(0, 1);
    }
  });

  test("KLV angles and fields of view are those of ST 0601's own example packet", async () => {
    const { entries } = await entryOf("klv/DynamicOnlyMISMMSPacketData.bin");
    // ST 0601.8 §8 examples: heading 159.974, pitch −0.4315, roll 3.4058, altitude 14190.7, fields of view 144.571 and 152.644, range 68590.98
    expect(entries[0]?.aircraftYawDeg).toBeCloseTo(159.974, 2);
    expect(entries[0]?.aircraftPitchDeg).toBeCloseTo(-0.4315, 3);
    expect(entries[0]?.aircraftRollDeg).toBeCloseTo(3.4058, 3);
    expect(entries[0]?.egm96M).toBeCloseTo(14_190.72, 1);
    expect(entries[0]?.fovHorizontalDeg).toBeCloseTo(144.571, 2);
    expect(entries[0]?.fovVerticalDeg).toBeCloseTo(152.644, 2);
    // it does not say that its slant range of 68,590.98 m was measured
    expect(entries[0]?.rangeM).toBeNull();
  });

  test("djmd: millimetres, tenths of a degree, and a missing number is 0", async () => {
    if (tools === undefined) return;
    const { found } = await readInside(
      await readDataTracks(tools, join(folder, "video/synthetic_djmd_m4e.mp4"), trackMarks),
    );
    expect(found?.result).toMatchObject({ kind: "ok", warnings: [{ code: "schema_unproven" }] });
    const [entry] = found?.result.kind === "ok" ? found.result.entries : [];
    expect(entry).toMatchObject({
      offsetMs: 0,
      altitudeM: 150,
      heightM: 100,
      aircraftRollDeg: 1.2,
      aircraftPitchDeg: -3.5,
      aircraftYawDeg: 90,
      gimbalPitchDeg: -45,
      gimbalYawDeg: 90.5,
      gimbalRollDeg: 0,
    });
  });

  test("a receiver's stated accuracy goes with its fix", async () => {
    const { entries } = await entryOf("ulog/sample_log_small.ulg");
    expect(entries[0]?.sigmaHorizontalM).toBeGreaterThan(0.1);
    expect(entries[0]?.sigmaHorizontalM).toBeLessThan(5);
    expect(entries[0]?.aircraftYawDeg).not.toBeNull();
  });
});
