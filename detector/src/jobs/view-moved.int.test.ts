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
  const scene = JSON.parse(readFileSync(join(demo, "scene.json"), "utf8"));
  const source = { ...scene.source, id: "turning" };
  await registerScene(database.db, { ...scene, source }, { actor: { kind: "machine", id: "test", name: "test" } });
});
afterAll(async () => {
  await inference.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Forty seconds of the stall clip as of `atS`, seen as it was or as a camera turned by a tenth of its picture would see it. */
async function take(atS: number, fromS: number, filter: string | null): Promise<void> {
  const file = join(folder, `${atS}.mp4`);
  const view = filter === null ? [] : ["-vf", filter];
  const input = ["-v", "error", "-ss", String(fromS), "-t", "40", "-i", join(demo, "clip.mp4")];
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "16", "-an"];
  execFileSync(deps.tools.ffmpeg.path, [...input, ...view, ...coding, file]);
  const probed = await probe(deps.tools, file, { keyframes: true });
  if (probed.kind === "refused") throw new Error(probed.text.en);
  const piece = { file, media: probed.media, offsetMs: atS * 1000 };
  const id = await putClip(deps, "turning", piece, new Date(startMs + atS * 1000), `turning-${atS}`);
  await detectClip(deps, id, createLog("test", "error"));
}

const suspension = () =>
  database.db.watchState.findFirstOrThrow({ where: { sourceId: "turning" }, orderBy: { through: "desc" } });

test("a camera that was turned rests its rules with the reason, blind and not absent, and they work again when it is back", {
  timeout: 300_000,
}, async () => {
  await take(0, 0, null);
  expect(await database.db.viewReference.count({ where: { sourceId: "turning" } })).toBe(1);
  expect((await suspension()).suspended).toBeNull();
  await take(40, 40, "crop=iw*0.9:ih:iw*0.1:0,pad=1280:720:0:0:gray");
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
