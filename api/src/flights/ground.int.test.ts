import { loadProfile } from "@mingcha/infra/profile";
import { flightGroundSchema } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
let monitor: Caller;
let pilot: Caller;
let handler: Caller;

/** A square of about 1 km around the aircraft. */
const border: [number, number][] = [
  [121.495, 31.1955],
  [121.505, 31.1955],
  [121.505, 31.2045],
  [121.495, 31.2045],
];

beforeAll(async () => {
  const profile = loadProfile("pudong");
  const districts = { ...profile.districts, items: [{ id: "bordered", name: { zh: "某街道", en: "Some" }, border }] };
  api = await createTestApi({ profile: { ...profile, districts } });
  monitor = await api.signIn("monitor", ["monitor"]);
  pilot = await api.signIn("pilot", ["pilot"]);
  handler = await api.signIn("handler", ["handler"]);
});
afterAll(() => api.close());

type Point = Partial<{
  longitude: number | null;
  latitude: number | null;
  heightM: number | null;
  gimbalYawDeg: number | null;
  gimbalPitchDeg: number | null;
  focal35Mm: number | null;
  rangeM: number | null;
}>;
const known: Point = {
  longitude: 121.5,
  latitude: 31.2,
  heightM: 100,
  gimbalYawDeg: 0,
  gimbalPitchDeg: -90,
  focal35Mm: 24,
};
let made = 0;

/** A flight of one clip with a point a second. */
async function flightWith(
  points: readonly Point[],
  looksMs: readonly number[] = [],
  operatorId: string | null = null,
  change: { startUncertaintyMs?: number; telemetryChecks?: { code: string; zh: string; en: string }[] } = {},
) {
  const key = `ground-${++made}`;
  const db = api.deps.db;
  await db.source.create({ data: { id: key, name: "无人机", kind: "drone", place: "" } });
  const flight = await db.flight.create({
    data: {
      sourceId: key,
      operatorId,
      startedAt: new Date("2026-05-01T00:00:00Z"),
      telemetrySha256: key.padEnd(64, "0"),
      telemetryFormat: "dji-djmd/wa345e",
    },
  });
  const clip = await db.clip.create({
    data: {
      sourceId: key,
      flightId: flight.id,
      fileName: "DJI_0001.MP4",
      sha256: key.padEnd(64, "1"),
      sizeBytes: 1n,
      container: "mov",
      codec: "h264",
      widthPx: 3840,
      heightPx: 2160,
      durationMs: Math.max(0, points.length - 1) * 1000,
      startedAt: flight.startedAt,
      startMethod: "telemetry",
      startUncertaintyMs: 500,
      telemetryFormat: "dji-djmd/wa345e v1",
      telemetryChecks: [{ code: "place_differs", zh: "位置相差 40 米", en: "positions differ by 40 m" }],
      ...change,
    },
  });
  await db.telemetryPoint.createMany({
    data: points.map((point, i) => ({ clipId: clip.id, offsetMs: i * 1000, ...point })),
  });
  await db.look.createMany({
    data: looksMs.map((offsetMs) => ({
      clipId: clip.id,
      offsetMs,
      sourceId: key,
      capturedAt: new Date(flight.startedAt.getTime() + offsetMs),
      status: "seen",
      modelId: "m",
      modelSha256: "0".repeat(64),
      detections: [],
    })),
  });
  return flight.id;
}
const read = async (id: string, who = monitor) => {
  const answer = await who.call("GET", `/api/flights/${id}/ground`);
  expect(answer.statusCode).toBe(200);
  return flightGroundSchema.parse(answer.json());
};

describe("the ground of a flight", () => {
  test("straight down at 100 m, a frame's ground, its area, its place and its error follow from lens and height", async () => {
    const ground = await read(await flightWith([known, known, known], [0, 1_000]));
    expect(ground).toMatchObject({
      framesFrom: "looks",
      counts: { total: 2, examined: 2, shown: 2 },
      heightFrom: { laser: 0, takeOff: 2 },
      coverage: { district: null },
    });
    // 3840 × 2160 px at f = 24/43.27 · 4406 px = 2444 px from 100 m: 157.1 m × 88.4 m
    expect(ground.coverage.areaM2).toBeGreaterThan(13_700);
    expect(ground.coverage.areaM2).toBeLessThan(14_100);
    expect(ground.frames[0]?.middle?.at[0]).toBeCloseTo(121.5, 6);
    expect(ground.frames[0]?.middle?.ellipse.radius95M).toBeGreaterThan(3.5);
    expect(ground.frames[0]?.middle?.ellipse.radius95M).toBeLessThan(5);
    expect(ground.warnings[0]?.zh).toContain("起飞点");
  });

  test("a laser takes the place of the take-off height, without a warning", async () => {
    const ground = await read(await flightWith([{ ...known, rangeM: 70 }]));
    expect(ground).toMatchObject({ heightFrom: { laser: 1, takeOff: 0 }, warnings: [] });
    expect(ground.coverage.areaM2).toBeLessThan(7_200);
  });

  test("telemetry laid by the clock is as unsure as the start of the recording, and beyond the limit no ellipse is given and why is said", async () => {
    // 11.1 m/s towards the north, with a laser: nothing else to be warned of
    const flying = [0, 1, 2].map((i): Point => ({ ...known, rangeM: 100, latitude: 31.2 + i * 1e-4 }));
    const byClock = [{ code: "laid_by_clock", zh: "按世界时对齐", en: "laid by the clock" }];
    const ground = async (startUncertaintyMs: number, telemetryChecks: typeof byClock) =>
      read(await flightWith(flying, [1_000], null, { startUncertaintyMs, telemetryChecks }));
    const radius = ({ frames }: Awaited<ReturnType<typeof ground>>) =>
      frames[0]?.middle?.ellipse.radius95M ?? Number.NaN;

    const inside = await ground(2_000, []);
    expect(radius(inside)).toBeLessThan(6);
    const sure = await ground(2_000, byClock);
    // 95 % of 22 m to either side along the way
    expect(radius(sure)).toBeGreaterThan(40);
    expect(sure.warnings).toEqual([]);
    const unsure = await ground(60_000, byClock);
    expect(unsure.counts.shown).toBe(1);
    expect(unsure.frames[0]?.middle).toBeNull();
    expect(unsure.warnings).toMatchObject([
      { zh: expect.stringContaining("±60 秒（限 2 秒）"), en: expect.stringContaining("±60 s (limit 2 s)") },
    ]);
  });

  test("telemetry laid by the clock that does not say how fast the aircraft flew gives no ellipse, one inside the video does", async () => {
    const telemetryChecks = [{ code: "laid_by_clock", zh: "按世界时对齐", en: "laid by the clock" }];
    const alone: Point[] = [{ ...known, rangeM: 100 }];
    const byClock = await read(await flightWith(alone, [0], null, { telemetryChecks }));
    expect(byClock.frames[0]?.middle).toBeNull();
    expect(byClock.warnings).toMatchObject([{ en: expect.stringContaining("how fast") }]);
    const inside = await read(await flightWith(alone, [0]));
    expect(inside.frames[0]?.middle).not.toBeNull();
    expect(inside.warnings).toEqual([]);
  });

  test("what a recording does not say is counted and never made up", async () => {
    const lacking: Point[] = [
      { ...known, longitude: null, latitude: null },
      { ...known, gimbalPitchDeg: null },
      { ...known, heightM: null },
      { ...known, focal35Mm: null },
      { ...known, gimbalPitchDeg: -10 },
      known,
    ];
    const ground = await read(await flightWith(lacking, [0, 1_000, 2_000, 3_000, 4_000, 5_000, 60_000]));
    expect(ground.counts).toEqual({
      total: 7,
      examined: 7,
      shown: 1,
      withoutPosition: 2,
      withoutPitch: 1,
      withoutHeight: 1,
      withoutLens: 1,
      tooFlat: 1,
    });
    expect(ground.frames).toHaveLength(1);
  });

  test("of a district whose border is configured, the share that was seen is told; without a border none is", async () => {
    const id = await flightWith([known]);
    const { sourceId } = await api.deps.db.flight.findUniqueOrThrow({ where: { id } });
    expect((await read(id)).coverage.district).toBeNull();
    await api.deps.db.source.update({ where: { id: sourceId }, data: { district: "bordered" } });
    const { coverage } = await read(id);
    // 1.39 ha of 953 × 998 m
    expect(coverage.district?.name.zh).toBe("某街道");
    expect(coverage.district?.share).toBeGreaterThan(0.0143);
    expect(coverage.district?.share).toBeLessThan(0.0149);
  });

  test("before anybody analysed it, moments of its recordings stand for looks", async () => {
    const ground = await read(await flightWith(Array.from({ length: 9 }, () => known)));
    expect(ground).toMatchObject({ framesFrom: "telemetry", counts: { total: 5, shown: 5 } });
  });

  test("of a long flight an even choice of frames is drawn, and how many there were is said", async () => {
    const points = Array.from({ length: 900 }, (_, i) => ({ ...known, latitude: 31.2 + i * 1e-5 }));
    const looks = Array.from({ length: 900 }, (_, i) => i * 1000);
    const ground = await read(await flightWith(points, looks.slice(0, 899)));
    expect(ground.counts.total).toBe(899);
    expect(ground.counts.examined).toBeLessThanOrEqual(240);
    expect(ground.counts.shown).toBe(ground.counts.examined);
    expect(ground.coverage.polygons).toHaveLength(1);
  });

  test("a path is broken where nothing was known for longer than a gap", async () => {
    const lost = { ...known, longitude: null, latitude: null };
    const ground = await read(await flightWith([known, known, lost, lost, lost, lost, known, known]));
    expect(ground.path.map((line) => line.length)).toEqual([2, 2]);
  });

  test("that a recording came on somebody's word though it did not agree with its dock's message stands before what its sources say", async () => {
    const { db } = api.deps;
    const flightId = await flightWith([known]);
    const clip = await db.clip.findFirstOrThrow({ where: { flightId } });
    const sn = "7CTDM3A00F0001";
    await db.dock.create({ data: { sn, name: "机场", bindingCode: "X" } });
    const { id: intakeId } = await db.intake.create({
      data: { via: "dock", fileName: "a.mp4", stagedPath: "", dedupeKey: `dock:${sn}`, sizeBytes: 1n, clipId: clip.id },
    });
    await db.clip.update({ where: { id: clip.id }, data: { intakeId } });
    const file = { sn, objectKey: `docks/${sn}/f/a.mp4`, name: "a.mp4", foundBy: "notice", state: "taken", intakeId };
    const { id: fileId } = await db.dockFile.create({ data: file });
    await db.dockFileDecision.create({
      data: {
        fileId,
        ordinal: 1,
        attempt: 1,
        step: "admit",
        etag: "e2",
        reason: "机场重传过",
        state: "mismatch",
        reasonCode: "overwritten",
        personId: monitor.person.id,
      },
    });
    await db.dockFile.update({ where: { id: fileId }, data: { admission: 1, attempt: 2 } });
    expect((await read(flightId)).clips[0]?.checks).toMatchObject([
      { code: "taken_on_word", zh: expect.stringMatching(/决定照原样入库（对象 e2）：机场重传过/) },
      { code: "place_differs" },
    ]);
  });

  test("what its sources say against each other is told in both languages", async () => {
    const [clip] = (await read(await flightWith([known]))).clips;
    expect(clip).toMatchObject({
      telemetryFormat: "dji-djmd/wa345e v1",
      checks: [{ code: "place_differs", zh: "位置相差 40 米" }],
    });
  });
});

describe("who may see it", () => {
  test("a pilot sees the own flights and those nobody claimed, not another's; no duty, no ground", async () => {
    const other = await api.signIn("other-pilot", ["pilot"]);
    const own = await flightWith([known], [], pilot.person.id);
    await read(own, pilot);
    await read(await flightWith([known]), pilot);
    expect((await other.call("GET", `/api/flights/${own}/ground`)).statusCode).toBe(404);
    expect((await handler.call("GET", `/api/flights/${own}/ground`)).statusCode).toBe(403);
  });
  test("a flight that does not exist is not found, an id that is none is refused", async () => {
    expect((await monitor.call("GET", `/api/flights/${crypto.randomUUID()}/ground`)).statusCode).toBe(404);
    expect((await monitor.call("GET", "/api/flights/nonsense/ground")).statusCode).toBe(400);
  });
});
