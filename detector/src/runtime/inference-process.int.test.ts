import { createHash } from "node:crypto";
import { renameSync } from "node:fs";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { findMediaTools, type MediaTools, makeTestClip, probe } from "@mingcha/infra/media";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { writeTinyModel } from "../testing/tiny-model.ts";
import { type InferenceProcess, type LookOutcome, startInferenceProcess } from "./inference-process.ts";
import { planLooks } from "./plan-looks.ts";
import type { LookTask } from "./take-looks.ts";

let folder: string;
let tools: MediaTools;
let task: LookTask;
/** Every frame of five minutes: long enough to be killed under. */
let longTask: LookTask;
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
  const long = await makeTestClip(tools, join(folder, "long.mp4"), card, 30);
  if (long.kind === "refused") throw new Error(long.detail ?? long.code);
  longTask = { ...task, file: long.file, everyMs: 40, keyframesOnly: false };
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

describe("an inference process", { timeout: 120_000 }, () => {
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

  test("says what it runs on, as it is", async () => {
    const { state, session, processId, ends } = (await start(oneBox)).health();
    expect({ state, ends }).toEqual({ state: "ready", ends: 0 });
    expect(session).toMatchObject({ threads: 1 });
    expect(["cpu", "cuda"]).toContain(session.provider);
    expect(session.openMs).toBeGreaterThan(0);
    expect(processId).toBe(running?.pid());
  });

  test("killed in the middle is replaced, and the clip is looked at from its beginning: the caller notices nothing", async () => {
    const inference = await start(oneBox);
    const undisturbed = await inference.look(longTask);
    const first = inference.pid();
    const looking = inference.look(longTask);
    process.kill(first ?? 0, "SIGKILL");
    const again = await looking;
    if (again.kind !== "ok" || undisturbed.kind !== "ok") throw new Error(JSON.stringify([again, undisturbed]));
    expect(again.looks).toEqual(undisturbed.looks);
    expect(inference.pid()).not.toBe(first);
    expect(inference.health()).toMatchObject({ state: "ready", ends: 1, endsInARow: 0 });
  });

  test("that hangs is noticed by its silence, killed and replaced", async () => {
    const inference = await start(oneBox);
    const first = inference.pid();
    process.kill(first ?? 0, "SIGSTOP");
    expect(await inference.look(task)).toMatchObject({ kind: "ok" });
    expect(inference.pid()).not.toBe(first);
    expect(inference.health().lastEnd).toContain("did not answer");
  });

  test("that speaks but finishes no look for too long is killed too, and a clip that does this every time is refused", async () => {
    const impatient = await startInferenceProcess(await writeTinyModel(folder, oneBox), tools, { progressMs: 1 });
    if ("kind" in impatient) throw new Error(impatient.text);
    running = impatient;
    expect(await impatient.look(longTask)).toMatchObject({ kind: "refused", code: "stops_analysis" });
    expect(impatient.health()).toMatchObject({ ends: 3 });
    expect(impatient.health().lastEnd).toContain("came to no result");
  });

  test("bad media are refused and do not hurt the process", async () => {
    const inference = await start(oneBox);
    const pid = inference.pid();
    expect(await inference.look({ ...task, file: join(folder, "nowhere.mp4") })).toMatchObject({ kind: "refused" });
    expect(await inference.look(task)).toMatchObject({ kind: "ok" });
    expect(inference.pid()).toBe(pid);
  });

  /** Kills every process that starts with the clip in hand, until the clip's fate is known. */
  async function killUnder(
    inference: InferenceProcess,
    signal: NodeJS.Signals,
  ): Promise<{ outcome: LookOutcome; kills: number }> {
    let outcome: LookOutcome | undefined;
    const looking = inference.look(longTask).then((result) => {
      outcome = result;
    });
    const killed = new Set<number>();
    while (outcome === undefined) {
      const pid = inference.pid();
      if (pid !== undefined && !killed.has(pid) && inference.health().state === "ready") {
        killed.add(pid);
        process.kill(pid, signal);
      }
      await setTimeout(5);
    }
    await looking;
    return { outcome, kills: killed.size };
  }

  test("that faults under the same clip three times refuses this clip with its reason, and takes the next one", async () => {
    const inference = await start(oneBox);
    const { outcome, kills } = await killUnder(inference, "SIGSEGV");
    expect(kills).toBe(3);
    expect(outcome).toMatchObject({ kind: "refused", code: "stops_analysis" });
    expect(outcome.kind === "refused" && outcome.detail).toContain("SIGSEGV");
    expect(await inference.look(task)).toMatchObject({ kind: "ok" });
  });

  test("that ends with several clips in hand condemns none of them: each is looked at again, alone", async () => {
    const started = await startInferenceProcess(await writeTinyModel(folder, oneBox), tools, { clipsAtOnce: () => 3 });
    if ("kind" in started) throw new Error(started.text);
    running = started;
    const undisturbed = await started.look(longTask);
    const looking = [longTask, longTask, longTask, task].map((each) => started.look(each));
    await setTimeout(100);
    process.kill(started.pid() ?? 0, "SIGSEGV");
    const outcomes = await Promise.all(looking);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["ok", "ok", "ok", "ok"]);
    for (const outcome of outcomes.slice(0, 3))
      expect(outcome.kind === "ok" && outcome.looks).toEqual(undisturbed.kind === "ok" && undisturbed.looks);
    expect(started.health()).toMatchObject({ ends: 1, state: "ready" });
  });

  test("that cannot be started any more rests between tries; the clip waits and is taken once it can", async () => {
    const model = await writeTinyModel(folder, oneBox);
    const states: string[] = [];
    const started = await startInferenceProcess(model, tools, {
      patienceMs: Number.POSITIVE_INFINITY,
      onTrouble: (_, { state }) => {
        states.push(state);
        if (state === "resting") renameSync(`${model.file}.away`, model.file);
      },
    });
    if ("kind" in started) throw new Error(started.text);
    running = started;
    renameSync(model.file, `${model.file}.away`);
    process.kill(started.pid() ?? 0, "SIGKILL");
    expect(await started.look(task)).toMatchObject({ kind: "ok" });
    expect(states).toEqual(["starting", "starting", "starting", "resting"]);
    expect(started.health()).toMatchObject({ state: "ready", ends: 4, endsInARow: 0 });
  });

  test("that cannot be started any more fails a caller whose patience has ended, with the reason", async () => {
    const model = await writeTinyModel(folder, oneBox);
    const started = await startInferenceProcess(model, tools, { patienceMs: 1 });
    if ("kind" in started) throw new Error(started.text);
    running = started;
    renameSync(model.file, `${model.file}.away`);
    process.kill(started.pid() ?? 0, "SIGKILL");
    const outcome = await started.look(task);
    expect(outcome.kind === "failed" && outcome.text).toMatch(/stays alive.*cannot be read/);
  });
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
