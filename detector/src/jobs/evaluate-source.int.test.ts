import { randomUUID } from "node:crypto";
import { registerScene } from "@mingcha/infra/scenes";
import { createRandom, createTestDatabase, type TestDatabase } from "@mingcha/infra/testing";
import { type Detection, type Look, parseScene, type SceneInput } from "@mingcha/models/scene";
import { evaluateScene } from "@mingcha/models/violations";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clipLooks, everyMs, sceneOf, standingLooks, startMs, storeLooks } from "./testing/store-looks.ts";

/** Looks written straight into the database, as detect-clip stores them: what is tested is the evaluation between clips. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** An hour of a street: goods and cars that come and go, missed boxes, lost looks, and a pause of eleven minutes. */
function streetLooks(seed: number): Look[] {
  const random = createRandom(seed);
  const stays = Array.from({ length: 10 }, (_, n) => ({
    role: n % 2 === 0 ? ("goods" as const) : ("car" as const),
    x: 0.05 + 0.8 * random(),
    fromS: 3_400 * random(),
    forS: 20 + 600 * random(),
  }));
  const looks: Look[] = [];
  for (let n = 0; n < 720; n++) {
    if (n >= 340 && n < 472) continue;
    const time = { capturedAtMs: startMs + n * everyMs, offsetMs: (n % clipLooks) * everyMs };
    if (random() < 0.05) {
      looks.push({ ...time, status: "missing", reason: "decode_failed" });
      continue;
    }
    const detections = stays.flatMap((stay): Detection[] => {
      const s = (n * everyMs) / 1000;
      if (s < stay.fromS || s > stay.fromS + stay.forS || random() < 0.1) return [];
      const jitter = 0.004 * random();
      const box = [stay.x + jitter, 0.6, 0.12, 0.2] as const;
      return [{ label: stay.role, role: stay.role, score: 0.5 + 0.4 * random(), boxNorm: box }];
    });
    looks.push({ ...time, status: "seen", detections });
  }
  return looks;
}

const clipsOf = (looks: readonly Look[]): Look[][] => {
  const clips = new Map<number, Look[]>();
  for (const look of looks) {
    const key = Math.floor((look.capturedAtMs - startMs) / (clipLooks * everyMs));
    clips.set(key, [...(clips.get(key) ?? []), look]);
  }
  return [...clips.values()];
};

async function flagsOf(sourceId: string): Promise<string[]> {
  const flags = await database.db.flag.findMany({
    where: { sourceId },
    orderBy: [{ ruleKey: "asc" }, { from: "asc" }],
  });
  return flags.map(
    (f) => `${f.ruleKey} ${f.from.toISOString()} ${f.to.toISOString()} ${f.dwellS} ${f.score} ${f.ended}`,
  );
}

async function occupancyOf(sourceId: string): Promise<string[]> {
  const rows = await database.db.occupancy.findMany({
    where: { sourceId },
    orderBy: [{ ruleKey: "asc" }, { from: "asc" }],
  });
  const joined: { key: string; from: number; to: number }[] = [];
  for (const row of rows) {
    const key = `${row.ruleKey} ${row.state}`;
    const last = joined.at(-1);
    if (last?.key === key && last.to === row.from.getTime()) last.to = row.to.getTime();
    else joined.push({ key, from: row.from.getTime(), to: row.to.getTime() });
  }
  return joined.map((j) => `${j.key} ${j.from} ${j.to}`);
}

async function run(id: string, clips: readonly Look[][]): Promise<{ flags: string[]; occupancy: string[] }> {
  await registerScene(database.db, sceneOf(id), { actor: { kind: "machine", id: "test", name: "test" } });
  for (const clip of clips) await storeLooks(database.db, id, clip);
  return { flags: await flagsOf(id), occupancy: await occupancyOf(id) };
}

/** The flags that one evaluation of all looks gives, as `flagsOf` tells those of the database. */
function plainFlags(scene: SceneInput, looks: readonly Look[]): string[] {
  const parsed = parseScene(scene);
  if (parsed.kind === "bad") throw new Error(parsed.text.en);
  return evaluateScene(parsed.scene, looks)
    .flatMap(({ ruleKey, flags }) =>
      flags.map(
        (f) =>
          `${ruleKey} ${new Date(f.fromMs).toISOString()} ${new Date(f.toMs).toISOString()} ${Math.round(f.dwellMs) / 1000} ${Math.round(f.score * 10_000) / 10_000} ${!f.isOpen}`,
      ),
    )
    .sort();
}

test("clip by clip from the kept state gives the flags that one evaluation of all looks gives", async () => {
  const looks = streetLooks(1);
  const { flags } = await run("in-order", clipsOf(looks));
  expect(flags.length).toBeGreaterThan(5);
  expect(flags).toEqual(plainFlags(sceneOf("in-order"), looks));
});

test("eleven minutes without footage part two acts, in the database as in one evaluation of all looks", async () => {
  const clips = [standingLooks("car", 0, 600), standingLooks("car", 1_260, 1_800)];
  const { flags } = await run("pause", clips);
  expect(flags).toEqual(plainFlags(sceneOf("pause"), clips.flat()));
  expect(flags).toHaveLength(2);
});

test("of a damaged recording and a whole one of the same time the whole one counts, whichever came first and whatever they are called", async () => {
  const whole = standingLooks("goods", 0, 200);
  const damaged = whole.map(
    ({ capturedAtMs, offsetMs }): Look => ({ capturedAtMs, offsetMs, status: "missing", reason: "decode_failed" }),
  );
  const expected = plainFlags(sceneOf("any"), [...damaged, ...whole]);
  expect(expected).toHaveLength(1);
  // Keys of clips are drawn at random: with eight either order comes up.
  for (let n = 0; n < 8; n++)
    expect((await run(`damaged-${n}`, n % 2 === 0 ? [damaged, whole] : [whole, damaged])).flags).toEqual(expected);
});

test("late clips, in whatever order, leave the same timeline; flags cover what they covered", {
  timeout: 300_000,
}, async () => {
  const clips = clipsOf(streetLooks(2));
  const straight = await run("straight", clips);
  const random = createRandom(7);
  // Most clips in order, one in six delayed by up to twelve places.
  const order = clips.map((_, index) => ({ index, at: index + (random() < 0.16 ? 12 * random() : 0) }));
  const late = await run(
    "late",
    order.sort((a, b) => a.at - b.at).map(({ index }) => clips[index] ?? []),
  );
  expect(late.occupancy).toEqual(straight.occupancy);
  // A flag that a person may have seen is never deleted; every flag of the straight run must be there.
  expect(late.flags).toEqual(expect.arrayContaining(straight.flags));
});

test("the kept state stays small however long the camera runs, and only an hour's last state stays behind", async () => {
  const rows = await database.db.watchState.findMany({ where: { sourceId: "in-order" }, orderBy: { through: "asc" } });
  expect(rows.length).toBeLessThanOrEqual(3);
  const sizes = rows.map((row) => JSON.stringify(row.state).length);
  expect(Math.max(...sizes)).toBeLessThan(60_000);
});

test("a new version of the scene takes over at its instant: what it watches begins there, what it replaced is closed", async () => {
  const { db } = database;
  const looks = streetLooks(3).slice(0, 300);
  await registerScene(db, sceneOf("versions"), { actor: { kind: "machine", id: "test", name: "test" } });
  const half = startMs + 150 * everyMs;
  const second = sceneOf("versions");
  await registerScene(
    db,
    { ...second, rules: second.rules.slice(0, 1) },
    { actor: { kind: "machine", id: "test", name: "test" }, validFrom: new Date(half) },
  );
  for (const clip of clipsOf(looks)) await storeLooks(database.db, "versions", clip);
  const flags = await db.flag.findMany({ where: { sourceId: "versions" } });
  expect(flags.filter((f) => f.ruleKey.startsWith("SIDEWALK")).every((f) => f.to.getTime() < half && f.ended)).toBe(
    true,
  );
  const versions = new Map(
    (await db.scene.findMany({ where: { sourceId: "versions" } })).map((s) => [s.id, s.version]),
  );
  for (const flag of flags) expect(versions.get(flag.sceneId)).toBe(flag.from.getTime() < half ? 1 : 2);
});

test("an act that a person approved to suppress is counted and not flagged; one that outlasts the approval is flagged", async () => {
  const { db } = database;
  const id = "suppressed";
  await registerScene(db, sceneOf(id), { actor: { kind: "machine", id: "test", name: "test" } });
  const suppression = await db.suppression.create({
    data: {
      sourceId: id,
      ruleKey: "CROSS_DOOR@apron",
      violation: "CROSS_DOOR",
      zoneId: "apron",
      boxNorm: [0.4, 0.6, 0.12, 0.2],
      flagIds: [],
      reason: "a painted box",
      validFrom: new Date(startMs),
      validUntil: new Date(startMs + 300_000),
      approvedBy: randomUUID(),
    },
  });
  const standing = (n: number, xs: readonly number[]): Look => ({
    capturedAtMs: startMs + n * everyMs,
    offsetMs: (n % clipLooks) * everyMs,
    status: "seen",
    detections: xs.map((x) => ({ label: "goods", role: "goods", score: 0.8, boxNorm: [x, 0.6, 0.12, 0.2] })),
  });
  const looks = Array.from({ length: 72 }, (_, n) => standing(n, n < 40 ? [0.4] : n < 50 ? [] : [0.1]));
  const clips = clipsOf(looks);
  for (const clip of clips.slice(0, 3)) await storeLooks(database.db, id, clip);
  expect(await db.flag.count({ where: { sourceId: id } })).toBe(0);
  const counted = await db.suppressedAct.findMany({ where: { sourceId: id } });
  expect(counted).toMatchObject([{ suppressionId: suppression.id, from: new Date(startMs) }]);
  for (const clip of clips.slice(3)) await storeLooks(database.db, id, clip);
  // Other goods elsewhere were never covered; the suppressed look ended inside the approved time.
  expect(await db.flag.findMany({ where: { sourceId: id } })).toMatchObject([
    { from: new Date(startMs + 50 * everyMs) },
  ]);
  expect(await db.suppressedAct.count({ where: { sourceId: id } })).toBe(1);
});

test("a lorry over two clips, the later one first, is one flag, though the surest look of it lies in the late clip and elsewhere", async () => {
  const id = "gate-late";
  const scene: SceneInput = {
    source: { id, timezone: "Asia/Shanghai" },
    lookEveryS: 0.5,
    zones: [{ ...(sceneOf(id).zones?.[0] as NonNullable<SceneInput["zones"]>[number]), kind: "truck_gate" }],
    rules: [{ violation: "TRUCK_UNCOVERED", zones: ["apron"] }],
  };
  await registerScene(database.db, scene, { actor: { kind: "machine", id: "test", name: "test" } });
  const looks = Array.from({ length: 40 }, (_, n): Look => {
    const along = (n - 8) / 20;
    const boxNorm = [along * 0.7, 0.5, 0.2, 0.2] as const;
    const lorry: Detection = { label: "truck", role: "truck", score: n < 20 ? 0.99 : 0.9, boxNorm };
    const time = { capturedAtMs: startMs + n * 500, offsetMs: (n % 20) * 500 };
    return { ...time, status: "seen", detections: along >= 0 && along <= 1 ? [lorry] : [] };
  });
  await storeLooks(database.db, id, looks.slice(20));
  expect(await database.db.flag.count({ where: { sourceId: id } })).toBe(1);
  await storeLooks(database.db, id, looks.slice(0, 20));
  const flags = await database.db.flag.findMany({ where: { sourceId: id } });
  expect(flags.map(({ from, to }) => [from.getTime() - startMs, to.getTime() - startMs])).toEqual([[4_000, 14_000]]);
});

test("that the camera had been turned is found a clip later and told in the reasons of the flag that is already there", async () => {
  const id = "turned-since";
  const scene = { ...sceneOf(id), lookEveryS: 2 };
  await registerScene(database.db, scene, { actor: { kind: "machine", id: "test", name: "test" } });
  // A car that goes at 90 s; checked every ten seconds, the view is the right one until 30 s, then too bare to tell, and from 140 s on another.
  const looks = standingLooks("car", 0, 200, true, 2).map((look): Look => {
    const s = (look.capturedAtMs - startMs) / 1_000;
    if (look.status === "missing") return look;
    const seen = { ...look, detections: s < 90 ? look.detections : [] };
    const verdict = s < 30 ? "same" : s < 140 ? "unsure" : "moved";
    return s % 10 === 0 ? { ...seen, view: { verdict, visibility: "clear" } } : seen;
  });
  const reasons = async () => {
    const flags = await database.db.flag.findMany({ where: { sourceId: id } });
    return flags.map(({ trace }) => (trace as { filter: string }[]).some(({ filter }) => filter === "visibility"));
  };
  await storeLooks(database.db, id, looks.slice(0, 70));
  expect(await reasons()).toEqual([false]);
  await storeLooks(database.db, id, looks.slice(70));
  expect(await reasons()).toEqual([true]);
});
