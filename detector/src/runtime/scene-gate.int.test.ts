import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cutStill, findMediaTools, type MediaTools, probe } from "@mingcha/infra/media";
import { keepShareOfMinScore, type Scene } from "@mingcha/models/scene";
import { evaluateScene, readScene } from "@mingcha/models/violations";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { detectorConfig } from "../config.ts";
import { type LocatedModel, locateModel, readModelFile } from "./load-model.ts";
import { type OnnxSession, openOnnxSession } from "./onnx-session.ts";
import { completeLooks, planLooks, plannedOffsetsMs } from "./plan-looks.ts";
import type { LookGate } from "./scene-gate.ts";
import { takeLooks } from "./take-looks.ts";

const demo = fileURLToPath(new URL("../../../models/demo/", import.meta.url));
const startMs = Date.parse("2026-05-06T09:00:00+08:00");
let tools: MediaTools;
let model: LocatedModel & { session: OnnxSession };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mingcha-gate-"));
  const config = detectorConfig();
  tools = await findMediaTools(config);
  const located = await locateModel("starter", config.modelFolders);
  if ("kind" in located) throw new Error(located.text);
  const file = await readModelFile(located);
  if (file.kind === "bad") throw new Error(file.text);
  const session = await openOnnxSession(file.bytes, located.manifest);
  if ("kind" in session) throw new Error(session.text);
  model = { ...located, session };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The gate a scene asks for; the moments at which a dwell is full are left to `carriedMax` here. */
const gateOf = (scene: Scene): LookGate => ({
  zones: scene.zones.filter(({ kind }) => kind !== "privacy").map(({ polygon }) => polygon),
  // Where a thing begins to count, and where it stops being kept alive.
  scoreLimits: scene.rules.flatMap(({ minScore = 0.35 }) => [minScore, keepShareOfMinScore * minScore]),
  carriedMax: 4,
  ageMsMax: 30_000,
  dueMs: [],
});

async function demoOf(id: string): Promise<{ scene: Scene; clip: string }> {
  const read = readScene(JSON.parse(await readFile(join(demo, id, "scene.json"), "utf8")));
  if (read.kind === "bad") throw new Error(read.text.en);
  return { scene: read.scene, clip: join(demo, id, "clip.mp4") };
}

async function look(file: string, lookEveryS: number, gate?: LookGate) {
  const probed = await probe(tools, file, { keyframes: true });
  if (probed.kind === "refused") throw new Error(probed.text.en);
  const task = planLooks(probed.media, lookEveryS);
  const taken = await takeLooks(tools, model, gate === undefined ? task : { ...task, gate });
  if (taken.kind === "refused") throw new Error(taken.text.en);
  const looks = completeLooks(taken.looks, plannedOffsetsMs(probed.media, task), {
    startMs,
    everyMs: task.everyMs,
    reason: "decode_failed",
  });
  return { looks, inferenceMs: taken.inferenceMs, carried: taken.looks.filter(({ carried }) => carried).length };
}

describe("with the gate", () => {
  test("every flag of the bundled films is found as without it, its ends within one look", async () => {
    let all = 0;
    let carried = 0;
    for (const id of await readdir(demo)) {
      const { scene, clip } = await demoOf(id);
      const whole = await look(clip, scene.lookEveryS);
      const gated = await look(clip, scene.lookEveryS, gateOf(scene));
      expect(gated.looks.map(({ offsetMs }) => offsetMs)).toEqual(whole.looks.map(({ offsetMs }) => offsetMs));
      all += gated.looks.length;
      carried += gated.carried;
      const flags = (looks: typeof whole.looks) => evaluateScene(scene, looks).flatMap((place) => place.flags);
      const [with_, without] = [flags(gated.looks), flags(whole.looks)];
      expect(with_.map(({ ruleKey }) => ruleKey).sort(), id).toEqual(without.map(({ ruleKey }) => ruleKey).sort());
      for (const flag of without) {
        const stepMs = scene.lookEveryS * 1000;
        const same = with_.filter(
          (other) =>
            other.ruleKey === flag.ruleKey &&
            Math.abs(other.fromMs - flag.fromMs) <= stepMs &&
            Math.abs(other.toMs - flag.toMs) <= stepMs,
        );
        expect(same, `${id} ${flag.id}`).toHaveLength(1);
      }
    }
    console.log(`${carried} of ${all} looks of the bundled films were carried over`);
  }, 600_000);

  test("a camera before which nothing happens is analysed less than half as often, but never less than the schedule asks", async () => {
    // A picture with nothing near a threshold, whatever the weights: what lies near one is analysed every time.
    const { scene, clip } = await demoOf("site-gate");
    const still = await cutStill(tools, { file: clip, demuxer: "mov", isPhoto: false }, 0);
    if (still.kind === "refused") throw new Error(still.text.en);
    const [picture, film] = [join(folder, "still.png"), join(folder, "still.mp4")];
    await writeFile(picture, still.bytes);
    // The first picture of the film for a minute, with the noise of a sensor.
    const drawn = [
      ...["-v", "error", "-loop", "1", "-framerate", "10", "-i", picture, "-t", "60", "-vf", "noise=alls=8:allf=t"],
      ...["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "20", "-bf", "0", film],
    ];
    execFileSync(tools.ffmpeg.path, drawn);
    const whole = await look(film, 2);
    const gated = await look(film, 2, gateOf(scene));
    console.log(
      `still picture: ${gated.carried} of ${gated.looks.length} looks carried over, inference ${(whole.inferenceMs / gated.inferenceMs).toFixed(1)} × less`,
    );
    expect(gated.carried / gated.looks.length).toBeGreaterThan(0.5);
    expect(gated.carried / gated.looks.length).toBeLessThanOrEqual(4 / 5);
  }, 300_000);
});
