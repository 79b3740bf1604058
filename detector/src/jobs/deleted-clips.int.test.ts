import { randomUUID } from "node:crypto";
import { registerScene } from "@mingcha/infra/scenes";
import { createTestDatabase, type TestDatabase } from "@mingcha/infra/testing";
import { encodeLook, type Look, type SceneInput } from "@mingcha/models/scene";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluateSource } from "./evaluate-source.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const startMs = Date.parse("2026-05-04T08:00:00+08:00");
const everyMs = 5_000;
const clipLooks = 12;
const sourceId = "cam-gone";

/** A minute of a door with goods before it, or without; evaluated as detect-clip does it. */
async function addClip(nth: number, hasGoods: boolean): Promise<string> {
  const looks = Array.from({ length: clipLooks }, (_, n): Look => {
    const offsetMs = n * everyMs;
    return {
      capturedAtMs: startMs + nth * clipLooks * everyMs + offsetMs,
      offsetMs,
      status: "seen",
      detections: hasGoods ? [{ label: "goods", role: "goods", score: 0.8, boxNorm: [0.4, 0.6, 0.1, 0.2] }] : [],
    };
  });
  const from = looks[0]?.capturedAtMs ?? 0;
  const { id } = await database.db.clip.create({
    data: {
      sourceId,
      fileName: `${nth}.mp4`,
      sha256: randomUUID().replaceAll("-", "").repeat(2),
      sizeBytes: 1,
      container: "mp4",
      codec: "h264",
      widthPx: 1280,
      heightPx: 720,
      durationMs: clipLooks * everyMs - 1,
      startedAt: new Date(from),
      startMethod: "uploader",
      startUncertaintyMs: 0,
      state: "DETECTED",
      looks: {
        create: looks.map((look) => ({
          offsetMs: look.offsetMs,
          sourceId,
          capturedAt: new Date(look.capturedAtMs),
          status: look.status,
          modelId: "m",
          modelSha256: "0".repeat(64),
          detections: encodeLook(look) as never,
        })),
      },
    },
  });
  await evaluate(nth);
  return id;
}

const evaluate = (nth: number) =>
  database.db.$transaction((tx) =>
    evaluateSource(tx, { model: { id: "m", sha256: "0".repeat(64) } }, sourceId, {
      from: new Date(startMs + nth * clipLooks * everyMs),
      to: new Date(startMs + (nth + 1) * clipLooks * everyMs - everyMs),
    }),
  );

test("an act that lies in a recording which was deleted becomes no flag, which is told once; one that does not is flagged as usual", async () => {
  const { db } = database;
  const scene: SceneInput = {
    source: { id: sourceId, timezone: "Asia/Shanghai" },
    lookEveryS: everyMs / 1_000,
    zones: [
      {
        id: "apron",
        kind: "public_ground",
        polygon: [
          [0, 0.4],
          [1, 0.4],
          [1, 1],
          [0, 1],
        ],
        place: "1 Road",
      },
    ],
    rules: [{ violation: "CROSS_DOOR", zones: ["apron"], roles: ["goods"], dwellS: 70, graceS: 20 }],
  };
  await registerScene(db, scene, { actor: { kind: "machine", id: "test", name: "test" } });
  const first = await addClip(0, true);
  expect(await db.flag.count()).toBe(0);
  await db.clip.update({ where: { id: first }, data: { deletedAt: new Date() } });
  await addClip(1, true);
  await evaluate(1);
  expect(await db.flag.count()).toBe(0);
  const told = await db.custody.findMany({ where: { action: "flag.not_opened" } });
  expect(told).toHaveLength(1);
  expect(Buffer.from(told[0]?.body ?? []).toString()).toContain(first);
  await addClip(2, false);
  for (const nth of [3, 4, 5]) await addClip(nth, true);
  expect(await db.flag.count()).toBe(1);
});
