import { createHash } from "node:crypto";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMediaTools, type MediaTools, makeTestClip, probe } from "@mingcha/infra/media";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { writeTinyModel } from "../testing/tiny-model.ts";
import { type InferenceProcess, startInferenceProcess } from "./inference-process.ts";
import { planLooks } from "./plan-looks.ts";
import type { LookTask } from "./take-looks.ts";

let folder: string;
let tools: MediaTools;
let task: LookTask;
let running: InferenceProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mingcha-inference-"));
  tools = await findMediaTools();
  const card = { widthPx: 320, heightPx: 180, framesPerS: 10, gopS: 1, lengthS: 10, bitsPerS: 300_000 };
  const clip = await makeTestClip(tools, join(folder, "clip.mp4"), card);
  if (clip.kind === "refused") throw new Error(clip.detail ?? clip.code);
  const probed = await probe(tools, clip.file, { keyframes: true });
  if (probed.kind === "refused") throw new Error(probed.code);
  task = planLooks(probed.media, 1);
});
afterEach(async () => {
  await running?.close();
  running = undefined;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** One box of class 0, score 0.72, in the middle of the picture. */
const oneBox = (predictions: Float32Array): void =>
  predictions.set([0.5, 0.25, Math.log(2), 0, 0.9, 0.8, 0.1], (32 + 5) * 7);

async function start(
  ...given: Parameters<typeof writeTinyModel> extends [string, ...infer Rest] ? Rest : never
): Promise<InferenceProcess> {
  const started = await startInferenceProcess(await writeTinyModel(folder, ...given), tools, { silenceMs: 3_000 });
  if ("kind" in started) throw new Error(started.text);
  running = started;
  return started;
}

describe("an inference process", () => {
  test("takes the looks of a clip and answers with boxes, not pixels", async () => {
    const outcome = await (await start(oneBox)).look(task);
    if (outcome.kind !== "ok") throw new Error(JSON.stringify(outcome));
    expect(outcome.looks.map((l) => l.offsetMs)).toEqual([
      0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000,
    ]);
    expect(outcome.isWhole).toBe(true);
    const [detection] = outcome.looks[3]?.detections ?? [];
    expect(detection).toMatchObject({ label: "crate", role: "goods" });
    expect(detection?.score).toBeCloseTo(0.72, 5);
    expect(detection?.boxNorm.map((edge) => Math.round(edge * 1000) / 1000)).toEqual([0.125, 0.375, 0.5, 0.5]);
  });

  test("killed in the middle fails that clip only; the next one is taken by a new process", async () => {
    const inference = await start(oneBox);
    const first = inference.pid();
    const looking = inference.look({ ...task, everyMs: 40, keyframesOnly: false });
    process.kill(first ?? 0, "SIGKILL");
    expect(await looking).toMatchObject({ kind: "failed" });
    expect(await inference.look(task)).toMatchObject({ kind: "ok" });
    expect(inference.pid()).not.toBe(first);
  });

  test("that hangs is noticed by its silence, killed and replaced", async () => {
    const inference = await start(oneBox);
    const first = inference.pid();
    process.kill(first ?? 0, "SIGSTOP");
    const outcome = await inference.look(task);
    expect(outcome).toMatchObject({ kind: "failed" });
    expect(outcome.kind === "failed" && outcome.text).toContain("did not answer");
    expect(await inference.look(task)).toMatchObject({ kind: "ok" });
  }, 30_000);

  test("bad media are refused and do not hurt the process", async () => {
    const inference = await start(oneBox);
    const pid = inference.pid();
    expect(await inference.look({ ...task, file: join(folder, "nowhere.mp4") })).toMatchObject({ kind: "refused" });
    expect(await inference.look(task)).toMatchObject({ kind: "ok" });
    expect(inference.pid()).toBe(pid);
  });

  test("that keeps dying is not started for ever", async () => {
    const started = await startInferenceProcess(await writeTinyModel(folder, oneBox), tools, { restartsMax: 1 });
    if ("kind" in started) throw new Error(started.text);
    running = started;
    const slow = { ...task, everyMs: 40, keyframesOnly: false };
    for (const killed: number[] = []; killed.length < 2; ) {
      const looking = started.look(slow);
      const isNew = (): boolean => started.pid() !== undefined && !killed.includes(started.pid() ?? 0);
      await vi.waitUntil(isNew, { timeout: 10_000, interval: 5 });
      killed.push(started.pid() ?? 0);
      process.kill(killed.at(-1) ?? 0, "SIGKILL");
      expect((await looking).kind).toBe("failed");
    }
    const last = await started.look(task);
    expect(last.kind === "failed" && last.text).toContain("not started again");
  }, 30_000);
});

describe("a model that does not fit is refused with one sentence", () => {
  const refusalOf = async (...given: Parameters<typeof start>): Promise<string> => {
    const started = await startInferenceProcess(await writeTinyModel(folder, ...given), tools);
    if ("kind" in started) return started.text;
    running = started;
    return "started";
  };

  test("wrong bytes", async () => {
    const model = await writeTinyModel(folder, oneBox);
    await appendFile(model.file, "x");
    const started = await startInferenceProcess(model, tools);
    expect("kind" in started && started.text).toMatch(/has \d+ bytes, its manifest says \d+/);
    const other = { ...model, manifest: { ...model.manifest, bytes: model.manifest.bytes + 1 } };
    const again = await startInferenceProcess(other, tools);
    expect("kind" in again && again.text).toContain("SHA-256");
  });

  test("answers that are not numbers", async () => {
    expect(await refusalOf((p) => p.fill(Number.NaN))).toContain("not finite");
  });

  test("a head of another size", async () => {
    expect(await refusalOf(oneBox, { outputRows: 41 })).toContain("numbers came out");
  });

  test("another input than the manifest says", async () => {
    const model = await writeTinyModel(folder, oneBox);
    const input = { ...model.manifest.input, width: 128 };
    const started = await startInferenceProcess({ ...model, manifest: { ...model.manifest, input } }, tools);
    expect("kind" in started && started.text).toContain("wants input [1,32,64,3]");
  });

  test("a file that is no model at all", async () => {
    const model = await writeTinyModel(folder, oneBox);
    const noise = Buffer.alloc(500, 7);
    await writeFile(model.file, noise);
    const sha256 = createHash("sha256").update(noise).digest("hex");
    const started = await startInferenceProcess(
      { ...model, manifest: { ...model.manifest, bytes: 500, sha256 } },
      tools,
    );
    expect("kind" in started && started.text).toContain("no model this runtime can load");
  });
});
