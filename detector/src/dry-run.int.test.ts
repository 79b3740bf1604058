import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inheritedEnvironment } from "@mingcha/infra/config";
import { registerScene } from "@mingcha/infra/scenes";
import { createTestDatabase, type TestDatabase } from "@mingcha/infra/testing";
import { decodeLook, flagsFileSchema, type SceneInput } from "@mingcha/models/scene";
import { compareScenes, readScene } from "@mingcha/models/violations";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cameraDay } from "./analysis/camera-day.ts";

const here = fileURLToPath(new URL("./", import.meta.url));
const demo = fileURLToPath(new URL("../../models/demo/stall/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mingcha-dry-run-"));
const startMs = Date.parse("2026-05-08T00:00:00+08:00");
const stored = cameraDay({ looks: 2_000, startMs, seed: 4 });
let database: TestDatabase;

const run = async (file: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  const env = { ...inheritedEnvironment(), MINGCHA_DATA: folder, DATABASE_URL: database.url };
  try {
    const done = await promisify(execFile)(process.execPath, ["--import", "tsx", join(here, file), ...args], {
      env,
      maxBuffer: 1 << 26,
    });
    return { code: 0, ...done };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};

function sceneOf(dwellS: number): SceneInput {
  const polygon: [number, number][] = [
    [0.02, 0.35],
    [0.98, 0.35],
    [0.98, 0.95],
    [0.02, 0.95],
  ];
  return {
    source: { id: "cam-1" },
    zones: [{ id: "street", kind: "no_stopping", polygon }],
    rules: [{ violation: "SIDEWALK_PARK", zones: ["street"], dwellS }],
  };
}

const parsed = (dwellS: number) => {
  const read = readScene(sceneOf(dwellS));
  if (read.kind === "bad") throw new Error(read.text.en);
  return read.scene;
};

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await registerScene(db, sceneOf(120), { actor: { kind: "machine", id: "test", name: "test" } });
  const clip = await db.clip.create({
    data: {
      sourceId: "cam-1",
      fileName: "day.mp4",
      sha256: "0".repeat(64),
      sizeBytes: 1,
      container: "mp4",
      codec: "h264",
      widthPx: 1920,
      heightPx: 1080,
      durationMs: 4_000_000,
      startedAt: new Date(startMs),
      startMethod: "uploader",
      startUncertaintyMs: 0,
    },
  });
  await db.look.createMany({
    data: stored.map((look) => ({
      clipId: clip.id,
      offsetMs: look.t - startMs,
      sourceId: "cam-1",
      capturedAt: new Date(look.t),
      status: "m" in look ? "missing" : "seen",
      modelId: "m",
      modelSha256: "0".repeat(64),
      detections: look,
    })),
  });
  writeFileSync(join(folder, "new.json"), JSON.stringify(sceneOf(3600)));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test("a changed scene is compared with the one in force on the looks that the database holds", async () => {
  const { stdout, stderr } = await run("dry-run.ts", [
    "--source",
    "cam-1",
    "--scene",
    join(folder, "new.json"),
    "--json",
  ]);
  expect(stderr).toContain("version 1 of the scene");
  const wanted = compareScenes(parsed(120), parsed(3600), stored.map(decodeLook));
  expect(wanted.onlyBefore.length).toBeGreaterThan(0);
  expect(JSON.parse(stdout).comparison).toEqual(JSON.parse(JSON.stringify(wanted)));
}, 120_000);

test("only the looks of the asked time count, and a source without any is refused in one sentence", async () => {
  const args = ["--scene", join(folder, "new.json"), "--json"];
  const { stdout } = await run("dry-run.ts", [
    ...args,
    "--source",
    "cam-1",
    "--from",
    "2026-05-08T00:10:00+08:00",
    "--to",
    "2026-05-08T00:40:00+08:00",
  ]);
  expect(JSON.parse(stdout).speed.looks).toBe(901);
  const none = await run("dry-run.ts", [...args, "--source", "cam-9"]);
  expect(none.code).toBe(2);
  expect(none.stderr.trim()).toBe("the source cam-9 has no stored looks in that time");
}, 120_000);

test("looks that analyze wrote give the flags that the footage gave, without footage or model", async () => {
  const scene = join(demo, "scene.json");
  const [media, replayed] = [join(folder, "media"), join(folder, "replayed")];
  const first = await run("analyze.ts", [
    join(demo, "clip.mp4"),
    "--scene",
    scene,
    "--start",
    "2026-05-08T08:00:00+08:00",
    "--out",
    media,
  ]);
  expect(first.stderr).not.toContain("Error");
  await run("analyze.ts", ["--looks", join(media, "looks.json"), "--scene", scene, "--out", replayed]);
  const [a, b] = [media, replayed].map((out) =>
    flagsFileSchema.parse(JSON.parse(readFileSync(join(out, "flags.json"), "utf8"))),
  );
  expect(a?.flags.length).toBeGreaterThan(0);
  expect(b?.flags).toEqual(a?.flags.map((flag) => ({ ...flag, evidence: [] })));
  expect({ ...b, flags: [], stats: {} }).toEqual({ ...a, flags: [], stats: {} });
}, 240_000);
