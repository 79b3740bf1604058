import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLog } from "@mingcha/infra/log";
import { findMediaTools, probe } from "@mingcha/infra/media";
import { registerScene } from "@mingcha/infra/scenes";
import { renderStill } from "@mingcha/infra/stills";
import { openFolderStore } from "@mingcha/infra/storage";
import { createTestDatabase, type TestDatabase } from "@mingcha/infra/testing";
import { putClip } from "@mingcha/infra/testing/footage";
import type { SceneInput } from "@mingcha/models/scene";
import { afterAll, beforeAll, expect, test } from "vitest";
import { detectorConfig } from "../config.ts";
import { type InferenceProcess, startInferenceProcess } from "../runtime/inference-process.ts";
import { locateModel } from "../runtime/load-model.ts";
import type { DetectorDeps } from "./deps.ts";
import { detectClip } from "./detect-clip.ts";

const demo = fileURLToPath(new URL("../../../models/demo/stall/", import.meta.url));
const startMs = Date.parse("2026-05-04T08:00:00+08:00");
const folder = mkdtempSync(join(tmpdir(), "mingcha-view-"));
let database: TestDatabase;
let inference: InferenceProcess;
let deps: DetectorDeps;

beforeAll(async () => {
  database = await createTestDatabase();
  const config = detectorConfig();
  const tools = await findMediaTools(config);
  const model = await locateModel("starter", config.modelFolders);
  if ("kind" in model) throw new Error(model.text);
  const started = await startInferenceProcess(model, tools);
  if ("kind" in started) throw new Error(started.text);
  inference = started;
  const store = await openFolderStore(join(folder, "objects"), "test");
  deps = {
    db: database.db,
    store,
    tools,
    model: model.manifest,
    inference,
    renderStill: (task) => renderStill(tools, task),
  };
  const scene = stall();
  for (const id of ["turning", "saved"]) await save(id, scene);
});
afterAll(async () => {
  await inference.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const stall = (): SceneInput => JSON.parse(readFileSync(join(demo, "scene.json"), "utf8"));

const save = (id: string, scene: SceneInput, validFromS?: number) =>
  registerScene(
    database.db,
    { ...scene, source: { ...scene.source, id } },
    {
      actor: { kind: "machine", id: "test", name: "test" },
      ...(validFromS === undefined ? {} : { validFrom: new Date(startMs + validFromS * 1_000) }),
    },
  );

/** As a camera turned by a tenth of its picture would see it. */
const turnedView = "crop=iw*0.9:ih:iw*0.1:0,pad=1280:720:0:0:gray";

/** Forty seconds of the stall clip as of `atS`, seen as it was or through a filter. */
async function take(atS: number, fromS: number, filter: string | null, sourceId = "turning"): Promise<void> {
  const file = join(folder, `${sourceId}-${atS}.mp4`);
  const view = filter === null ? [] : ["-vf", filter];
  const input = ["-v", "error", "-ss", String(fromS), "-t", "40", "-i", join(demo, "clip.mp4")];
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "16", "-an"];
  execFileSync(deps.tools.ffmpeg.path, [...input, ...view, ...coding, file]);
  const probed = await probe(deps.tools, file, { keyframes: true });
  if (probed.kind === "refused") throw new Error(probed.text.en);
  const piece = { file, media: probed.media, offsetMs: atS * 1000 };
  const id = await putClip(deps, sourceId, piece, new Date(startMs + atS * 1000), `${sourceId}-${atS}`);
  await detectClip(deps, id, createLog("test", "error"));
}

const suspension = (sourceId = "turning") =>
  database.db.watchState.findFirstOrThrow({ where: { sourceId }, orderBy: { through: "desc" } });

test("a camera that was turned rests its rules with the reason, blind and not absent, and they work again when it is back", {
  timeout: 300_000,
}, async () => {
  await take(0, 0, null);
  expect(await database.db.viewReference.count({ where: { sourceId: "turning" } })).toBe(1);
  expect((await suspension()).suspended).toBeNull();
  await take(40, 40, turnedView);
  const turned = await suspension();
  expect(turned.suspended).toBe("view_moved");
  expect(turned.suspendedSince?.getTime()).toBeGreaterThan(startMs + 40_000);
  await take(80, 0, null);
  expect((await suspension()).suspended).toBeNull();
  // What was looked at through the turned camera is in the timeline as blind, for every rule.
  const blind = await database.db.occupancy.findMany({ where: { sourceId: "turning", state: "blind" } });
  const rules = await database.db.occupancy.groupBy({ by: ["ruleKey"], where: { sourceId: "turning" } });
  expect(new Set(blind.map((row) => row.ruleKey)).size).toBe(rules.length);
});

test("a threshold that is saved under a turned camera leaves its rules at rest; zones drawn anew on what it sees set them to work", {
  timeout: 300_000,
}, async () => {
  const { db } = database;
  const scene = stall();
  await take(0, 0, null, "saved");
  await take(40, 40, turnedView, "saved");
  await save("saved", { ...scene, rules: scene.rules.map((rule) => ({ ...rule, dwellS: 61 })) }, 79);
  await take(80, 0, turnedView, "saved");
  const standing = await suspension("saved");
  expect(standing.suspended).toBe("view_moved");
  // Without a pause: the look before the new version was taken at rest, and so is the first under it.
  expect(standing.suspendedSince?.getTime()).toBeLessThan(startMs + 79_000);
  expect(await db.viewReference.count({ where: { sourceId: "saved" } })).toBe(1);

  const redrawn = scene.zones.map((zone) => ({
    ...zone,
    polygon: zone.polygon.map(([x, y]) => [x * 0.9, y] as const),
  }));
  await save("saved", { ...scene, zones: redrawn as unknown as SceneInput["zones"] }, 119);
  await take(120, 40, turnedView, "saved");
  expect((await suspension("saved")).suspended).toBeNull();
  expect(await db.viewReference.count({ where: { sourceId: "saved" } })).toBe(2);
});
