import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkCustody } from "@mingcha/infra/custody";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  djiAttributes,
  makeDjmd,
  makeGpmf,
  makeGpx,
  makePhoto,
  makeUlog,
} from "../telemetry/testing/make-telemetry.ts";
import { addDataTrack } from "../testing/add-data-track.ts";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { createMediaMaker, srtOf } from "../testing/make-media.ts";
import { addUpload } from "../testing/upload.ts";
import { finishedUploads } from "../ways-in/finished-uploads.ts";

const tools = await findToolsForTest();
const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const real = join(resolve(repoRoot, process.env.MINGCHA_TEST_DATA ?? "../shared/data"), "drone");
if (!existsSync(real)) console.log(`real recordings are not taken in: there is no ${real} (MINGCHA_TEST_DATA)`);

describe.runIf(tools)("telemetry inside a recording", () => {
  let world: World;
  let media: ReturnType<typeof createMediaMaker>;
  beforeEach(async () => {
    if (!tools) return;
    world = await createWorld(tools);
    media = createMediaMaker(tools);
  });
  afterEach(() => world?.close());

  const file = (name: string): string => join(world.data, name);
  const written = (name: string, content: string | Buffer): string => {
    writeFileSync(file(name), content);
    return file(name);
  };
  const take = async (): Promise<unknown[]> => {
    await (await finishedUploads(world.deps)).look();
    return world.drain();
  };
  /** Three seconds of an aircraft going north at 60 m, a frame a second. */
  const frames = (protocol = "dvtm_wa345e", fromNorth = 0): Buffer[] =>
    [0, 1, 2].map((second) =>
      makeDjmd({
        protocol,
        longitude: 121.5,
        latitude: 31.2 + fromNorth + second * 1e-4,
        heightMm: (40 + second) * 1000,
        utc: `2026-05-01 00:00:0${second}.000`,
      }),
    );
  const djmdVideo = async (name: string, pieces = frames()): Promise<string> => {
    const path = await media.video(file(name), 3);
    addDataTrack(path, "djmd", pieces, 1_000);
    return path;
  };
  const theClip = () =>
    world.deps.db.clip.findFirstOrThrow({
      include: { flight: true, telemetry: { orderBy: { offsetMs: "asc" } } },
    });
  const codes = (checks: unknown): string[] => (checks as { code: string }[]).map(({ code }) => code);

  test("a djmd track dates and places its video as a flight, with the camera's attitude, in one transaction with custody", async () => {
    await addUpload(world, await djmdVideo("DJI_0007.MP4"));
    expect(await take()).toEqual([]);
    const clip = await theClip();
    expect(clip).toMatchObject({
      sourceId: "drone-uploads",
      startMethod: "telemetry",
      telemetryFormat: "dji-djmd/wa345e v1",
      altitudeType: "djmd",
      flight: { telemetryFormat: "dji-djmd/wa345e", telemetrySha256: clip.sha256, maxHeightM: 42 },
    });
    expect(clip.startedAt.toISOString()).toBe("2026-05-01T00:00:00.000Z");
    expect(clip.telemetry).toHaveLength(3);
    expect(clip.telemetry[1]).toMatchObject({
      offsetMs: 1_000,
      longitude: 121.5,
      latitude: 31.2001,
      heightM: 41,
      altitudeM: 120,
      ellipsoidM: null,
      gimbalPitchDeg: -45,
      gimbalYawDeg: 90.5,
      gimbalRollDeg: 0,
      aircraftYawDeg: 90,
    });
    expect(clip.telemetry[1]?.utcAt?.toISOString()).toBe("2026-05-01T00:00:01.000Z");
    expect(codes(clip.telemetryChecks)).toContain("warning");
    expect(codes(clip.telemetryChecks)).not.toContain("laid_by_clock");
    expect(await world.deps.db.custody.count({ where: { action: "clip.telemetry-linked" } })).toBe(1);
    expect(await checkCustody(world.deps.db)).toMatchObject({ intact: true });
  });

  test("a track of an unknown schema is told by its name, and the video is stored all the same", async () => {
    await addUpload(world, await djmdVideo("DJI_0007.MP4", frames("dvtm_Unheard_of")));
    expect(await take()).toEqual([]);
    const clip = await theClip();
    expect(clip).toMatchObject({ telemetryFormat: null, flight: null, telemetry: [] });
    expect(clip.telemetryChecks).toMatchObject([
      { code: "track_unreadable", en: expect.stringContaining("dvtm_Unheard_of") },
    ]);
  });

  describe("against a file beside it", () => {
    const srt = () => written("DJI_0007.SRT", srtOf({ seconds: 3, date: "2026-05-01 08:00" }));
    test("that agrees, nothing is said, and the track inside places it", async () => {
      await addUpload(world, srt(), { groupId: "g" });
      await addUpload(world, await djmdVideo("DJI_0007.MP4"), { groupId: "g" });
      expect(await take()).toEqual([]);
      const clip = await theClip();
      expect(clip.telemetryFormat).toBe("dji-djmd/wa345e v1");
      expect(codes(clip.telemetryChecks)).not.toContain("place_differs");
      expect(codes(clip.telemetryChecks)).not.toContain("time_differs");
    });
    test("that says another place: the disagreement is kept with its metres, neither is changed, and the proven one places it", async () => {
      await addUpload(world, srt(), { groupId: "g" });
      await addUpload(world, await djmdVideo("DJI_0007.MP4", frames("dvtm_wa345e", 0.01)), { groupId: "g" });
      expect(await take()).toEqual([]);
      const clip = await theClip();
      expect(clip.telemetryFormat).toMatch(/^dji-srt\/D/);
      expect(codes(clip.telemetryChecks)).toEqual(expect.arrayContaining(["place_differs", "inside_set_aside"]));
      expect(JSON.stringify(clip.telemetryChecks)).toMatch(/相差 11\d\d\.\d 米/);
      expect(clip.telemetry[0]?.latitude).toBe(31.2);
    });
    test("that comes late: compared, written down, and what placed the clip stays", async () => {
      await addUpload(world, await djmdVideo("DJI_0007.MP4", frames("dvtm_wa345e", 0.01)), { groupId: "g" });
      expect(await take()).toEqual([]);
      const before = await theClip();
      await addUpload(world, srt(), { groupId: "g" });
      expect(await take()).toEqual([]);
      const after = await theClip();
      expect(after.telemetry).toEqual(before.telemetry);
      expect(after.startedAt).toEqual(before.startedAt);
      expect(codes(after.telemetryChecks)).toContain("place_differs");
      expect(await world.deps.db.custody.count({ where: { action: "clip.telemetry-compared" } })).toBe(1);
    });
  });

  test("a GPX that knows only UTC is laid beside a video whose start is sure, and not beside one whose start is not", async () => {
    const gpx = (name: string) => written(name, makeGpx("2026-05-01T00:00:01Z", 4));
    await addUpload(world, gpx("a.gpx"), { groupId: "a" });
    await addUpload(world, await media.video(file("a.mp4"), 3), {
      groupId: "a",
      startedAt: new Date("2026-05-01T00:00:00Z"),
    });
    expect(await take()).toEqual([]);
    const sure = await theClip();
    expect(sure.telemetry.map(({ offsetMs }) => offsetMs)).toEqual([1_000, 2_000, 3_000, 4_000]);
    expect(sure).toMatchObject({ startMethod: "uploader", altitudeType: "ele" });
    expect(sure.telemetryChecks).toMatchObject([{ code: "laid_by_clock", en: expect.stringContaining("±1 s") }]);

    await addUpload(world, gpx("b.gpx"), { groupId: "b" });
    await addUpload(world, await media.video(file("b.mp4"), 4), { groupId: "b" });
    expect(await take()).toEqual([]);
    const unsure = await world.deps.db.clip.findFirstOrThrow({
      where: { fileName: "b.mp4" },
      include: { telemetry: true },
    });
    expect(unsure.telemetry).toEqual([]);
    expect(codes(unsure.telemetryChecks)).toContain("start_unsure");
  });

  test("content decides: a ULog named .mp4 and a GPX named .txt are telemetry; GPMF without a fix is no place", async () => {
    const ids = [
      await addUpload(world, written("log.mp4", makeUlog())),
      await addUpload(world, written("track.txt", makeGpx("2026-05-01T00:00:00Z", 2))),
      await addUpload(world, written("raw.bin", makeGpmf(0, { fix: 0 }))),
    ];
    expect(await take()).toEqual([]);
    const rows = await world.deps.db.intake.findMany({
      where: { dedupeKey: { in: ids.map((id) => `upload:${id}`) } },
    });
    expect(rows.map(({ state }) => state)).toEqual(["STORED", "STORED", "STORED"]);
    expect(await world.deps.db.clip.count()).toBe(0);
    expect(await world.deps.db.custody.count({ where: { action: "telemetry.stored" } })).toBe(3);
  });

  test("a photo's XMP is its pose; photos taken one after another are one flight; one whose XMP was stripped is a photo all the same", async () => {
    const photo = async (name: string, attributes: Record<string, string> | null): Promise<string> => {
      const picture = readFileSync(await media.photo(file(`plain-${name}`)));
      // the segment with XMP goes right after the start of the picture
      const whole =
        attributes === null
          ? Buffer.concat([picture, Buffer.from(name)])
          : Buffer.concat([makePhoto(attributes).subarray(0, -2), picture.subarray(2), Buffer.from(name)]);
      return written(name, whole);
    };
    await addUpload(world, await photo("one.jpg", djiAttributes), { groupId: "p" });
    await addUpload(world, await photo("two.jpg", { ...djiAttributes, RelativeAltitude: "+80.0" }), { groupId: "p" });
    await addUpload(world, await photo("bare.jpg", null), { groupId: "p" });
    expect(await take()).toEqual([]);
    const clips = await world.deps.db.clip.findMany({ orderBy: { fileName: "asc" }, include: { telemetry: true } });
    expect(clips.map(({ fileName, telemetryFormat }) => [fileName, telemetryFormat])).toEqual([
      ["bare.jpg", null],
      ["one.jpg", "photo/drone-dji v1"],
      ["two.jpg", "photo/drone-dji v1"],
    ]);
    expect(clips[1]?.startedAt.toISOString()).toBe("2026-05-01T00:00:00.000Z");
    expect(clips[1]?.telemetry).toMatchObject([
      { offsetMs: 0, longitude: 121.5, latitude: 31.2, heightM: 60, altitudeM: 75.2, gimbalPitchDeg: -90 },
    ]);
    expect(clips[1]?.altitudeType).toBe("RtkAlt");
    expect(await world.deps.db.flight.findMany({ include: { clips: true } })).toMatchObject([
      { maxHeightM: 80, clips: [{}, {}] },
    ]);
  });

  test.runIf(existsSync(real))(
    "real recordings go through the whole intake: KLV in a transport stream, GPMF and ISO 6709 in an MP4, XMP in a photo",
    {
      timeout: 60_000,
    },
    async () => {
      for (const name of [
        "kwiver_klv/test_data/videos/h264_klv.ts",
        "kwiver_klv/test_data/videos/aphill_short.ts",
        "gpmf/max-heromode.mp4",
        "gpmf/karma.mp4",
        "video/iphone_with-gps.mov",
        "img/H20T_DJI_20220602143532_0191_T.JPG",
        "img/M3TD_DJI_0001_R.JPG",
      ])
        await addUpload(world, join(real, name));
      expect(await take()).toEqual([]);
      const clips = await world.deps.db.clip.findMany({
        include: { flight: true, telemetry: { orderBy: { offsetMs: "asc" } } },
      });
      const by = new Map(clips.map((clip) => [clip.fileName, clip]));
      const shown = (name: string) => {
        const clip = by.get(name);
        return [
          clip?.telemetryFormat ?? null,
          clip?.startMethod,
          clip?.telemetry.length,
          clip?.flight !== null,
          codes(clip?.telemetryChecks),
        ];
      };
      // asynchronous: no packet has a time of its own but UTC; and only some say that a laser measured their slant range
      expect(shown("h264_klv.ts")).toEqual(["misb-klv/ST0601 v2", "telemetry", 10, true, ["warning", "warning"]]);
      expect(new Set(by.get("h264_klv.ts")?.telemetry.map(({ rangeM }) => rangeM === null))).toEqual(
        new Set([true, false]),
      );
      expect(by.get("h264_klv.ts")?.startedAt.toISOString()).toBe("2008-10-24T00:13:29.913Z");
      expect(shown("aphill_short.ts")).toEqual([null, "received", 0, false, ["track_unreadable"]]);
      // its container says local time as if it were UTC
      expect(shown("max-heromode.mp4")).toEqual([
        "gopro-gpmf/GPS5 v1",
        "telemetry",
        96,
        false,
        ["container_time_differs"],
      ]);
      expect(by.get("max-heromode.mp4")?.startedAt.toISOString()).toBe("2019-11-18T23:45:14.000Z");
      expect(shown("karma.mp4")).toEqual(["gopro-gpmf/GLPI v1", "telemetry", 47, true, []]);
      expect(shown("iphone_with-gps.mov")).toEqual(["quicktime-place/apple v1", "telemetry", 1, false, []]);
      expect(by.get("iphone_with-gps.mov")?.startedAt.toISOString()).toBe("2019-07-24T08:25:40.000Z");
      const photo = by.get("H20T_DJI_20220602143532_0191_T.JPG");
      expect(photo?.startedAt.toISOString()).toBe("2022-06-02T12:35:32.000Z");
      expect(photo?.telemetry[0]).toMatchObject({ rangeM: 71.085, heightM: 94.992, gimbalPitchDeg: -90 });
      expect(shown("M3TD_DJI_0001_R.JPG").slice(0, 1)).toEqual([null]);
    },
  );
});
