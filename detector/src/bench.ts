import { mkdir } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type MediaTools, makeTestClip, probe } from "@mingcha/infra/media";
import { bareDecode, planOf } from "./benchmark/bare-decode.ts";
import { bareInference, openBareSession } from "./benchmark/bare-inference.ts";
import { cpuSeconds, memoryBytes } from "./benchmark/cpu-time.ts";
import { measureBatches } from "./benchmark/measure-batches.ts";
import { type ProfileRow, profileLooks } from "./benchmark/profile-looks.ts";
import { BadUse, runCommand } from "./cli/fail.ts";
import { openInference, openModel, openTools, readConfig } from "./cli/open-detector.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { printTable } from "./cli/print-table.ts";
import type { InferenceProcess } from "./runtime/inference-process.ts";
import { planLooks } from "./runtime/plan-looks.ts";
import type { LookTask } from "./runtime/take-looks.ts";

const usage = "npm run bench -- [--model ID] [--cameras 10,100] [--profile] [--json]";

/** One line of the table: what was measured, what bounds it, and the goal. */
type Row = {
  name: string;
  value: number;
  unit: string;
  limit: number | null;
  ratio: number | null;
  goal: string;
  passed: boolean;
};

const clip1080 = { widthPx: 1920, heightPx: 1080, framesPerS: 25, gopS: 2, lengthS: 12, bitsPerS: 6_000_000 };

async function testFile(tools: MediaTools, lengthS: number): Promise<string> {
  const folder = join(tmpdir(), "mingcha-bench");
  await mkdir(folder, { recursive: true });
  const made = await makeTestClip(
    tools,
    join(folder, `1080p25-p-${lengthS}s.mp4`),
    clip1080,
    lengthS / clip1080.lengthS,
  );
  if (made.kind === "refused") throw new BadUse(`the test clip could not be made: ${made.detail ?? made.text.en}`);
  return made.file;
}

async function taskOf(tools: MediaTools, file: string, lookEveryS: number): Promise<LookTask> {
  const probed = await probe(tools, file, { keyframes: true });
  if (probed.kind === "refused") throw new BadUse(probed.text.en);
  return planLooks(probed.media, lookEveryS);
}

async function lookAll(inference: InferenceProcess, task: LookTask): Promise<number> {
  const outcome = await inference.look(task);
  if (outcome.kind !== "ok") throw new BadUse(outcome.kind === "refused" ? outcome.text.en : outcome.text);
  return outcome.looks.length;
}

/** Files looked at before cost and memory count: what is loaded late is loaded by then. */
const warmUpFiles = 20;

const round = (value: number): number => Math.round(value * 1000) / 1000;
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** CPU seconds a look costs the inference process and its ffmpeg, over `cameras` files of a minute. */
async function costOf(
  inference: InferenceProcess,
  task: LookTask,
  cameras: number,
): Promise<{ cpuS: number; looks: number }> {
  const pid = inference.pid() ?? 0;
  const before = (await cpuSeconds(pid)) ?? Number.NaN;
  let looks = 0;
  for (let i = 0; i < cameras; i++) looks += await lookAll(inference, task);
  return { cpuS: (((await cpuSeconds(pid)) ?? Number.NaN) - before) / looks, looks };
}

async function bench(): Promise<number> {
  const options = {
    model: { type: "string" },
    cameras: { type: "string", default: "10,100" },
    profile: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  } as const;
  const { values } = parseArguments(options, usage);
  const config = readConfig();
  const model = await openModel(config, values.model ?? config.modelId);
  const tools = await openTools(config);
  const twoMinutes = await testFile(tools, 120);
  const minute = await testFile(tools, 60);
  const session = await openBareSession(model);
  const inference = await openInference(model, tools);
  const rows: Row[] = [];
  try {
    // Wall clock, one inference process, everything else idle: bare runs before and after each pass, the middle of three ratios.
    const everyTwo = { ...(await taskOf(tools, twoMinutes, 2)), threads: availableParallelism() > 1 ? 2 : 1 };
    await lookAll(inference, everyTwo);
    const passes: { looksPerS: number; barePerS: number }[] = [];
    for (let i = 0; i < 3; i++) {
      const before = await bareInference(session, 1_500);
      const startedMs = performance.now();
      const looks = await lookAll(inference, everyTwo);
      const looksPerS = (looks * 1000) / (performance.now() - startedMs);
      const after = await bareInference(session, 1_500);
      passes.push({ looksPerS, barePerS: (before.perS + after.perS) / 2 });
    }
    const ratio = median(passes.map((p) => p.looksPerS / p.barePerS));
    rows.push({
      name: "pipeline, look every 2 s of 1080p25",
      value: round(median(passes.map((p) => p.looksPerS))),
      unit: "looks/s",
      limit: round(median(passes.map((p) => p.barePerS))),
      ratio: round(ratio),
      goal: "≥ 0.8 of bare session.run",
      passed: ratio >= 0.8,
    });

    // CPU seconds, so that a shared machine does not matter: what a look costs against its two bare parts.
    const everyFive = await taskOf(tools, minute, 5);
    const plan = planOf(model.manifest, everyFive, session.pixelFormat);
    const decodeCpuS = await bareDecode(tools, plan);
    const bare = await bareInference(session, 3_000);
    const limitS = decodeCpuS + bare.cpuS;
    const wallPerS = median(passes.map((p) => p.looksPerS));
    const bothPerS = availableParallelism() / limitS;
    rows.splice(1, 0, {
      name: `the same, against both on these ${availableParallelism()} cores`,
      value: round(wallPerS),
      unit: "looks/s",
      limit: round(bothPerS),
      ratio: round(wallPerS / bothPerS),
      goal: "≥ 0.8 of decode + session.run",
      passed: wallPerS / bothPerS >= 0.8,
    });
    await costOf(inference, everyFive, warmUpFiles);
    const costs: number[] = [];
    const memory: number[] = [];
    for (const cameras of values.cameras.split(",").map(Number)) {
      const { cpuS } = await costOf(inference, everyFive, cameras);
      costs.push(cpuS);
      memory.push((await memoryBytes(inference.pid() ?? 0))?.now ?? Number.NaN);
      const perCore = 5 / cpuS;
      rows.push({
        name: `cameras a core, look every 5 s, ${cameras} cameras`,
        value: round(perCore),
        unit: "cameras",
        limit: round(5 / limitS),
        ratio: round(limitS / cpuS),
        goal: "≥ 100 and ≥ 0.8 of decode + inference",
        passed: perCore >= 100 && limitS / cpuS >= 0.8,
      });
    }
    const spread = Math.max(...costs) / Math.min(...costs);
    rows.push({
      name: "cost a camera, few against many",
      value: round(spread),
      unit: "×",
      limit: null,
      ratio: null,
      goal: "≤ 1.1",
      passed: spread <= 1.1,
    });

    const peak = (await memoryBytes(inference.pid() ?? 0))?.max ?? Number.NaN;
    const growth = (memory.at(-1) ?? 0) / (memory[0] ?? 1);
    rows.push({
      name: "peak memory of an inference process and its ffmpeg",
      value: round(peak / 2 ** 20),
      unit: "MiB",
      limit: null,
      ratio: null,
      goal: "≤ 400",
      passed: peak <= 400 * 2 ** 20,
    });
    rows.push({
      name: "its memory, after all against after the first",
      value: round(growth),
      unit: "×",
      limit: null,
      ratio: null,
      goal: "≤ 1.1",
      passed: growth <= 1.1,
    });

    const profile: ProfileRow[] = values.profile
      ? await profileLooks(tools, session, plan, {
          keyframes: 60 / clip1080.gopS,
          productMs: 1000 * (costs.at(-1) ?? Number.NaN),
          deliveredMs: 1000 * decodeCpuS,
        })
      : [];
    const batches = values.profile ? await measureBatches(session, plan) : [];

    const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model ?? "", load: loadavg()[0] };
    const parts = { decodeMs: round(decodeCpuS * 1000), inferenceMs: round(bare.cpuS * 1000) };
    const runsOn = { provider: session.provider, threads: session.threads, folding: session.folding.kind };
    if (values.json)
      console.log(
        JSON.stringify(
          { model: model.manifest.id, ...runsOn, ffmpeg: tools.ffmpeg.version, machine, parts, rows, profile, batches },
          null,
          2,
        ),
      );
    else {
      console.log(
        `${model.manifest.id}, ${runsOn.provider}, ${runsOn.threads} thread, on ${machine.cores} × ${machine.cpu}, load ${machine.load?.toFixed(1)}`,
      );
      if ((machine.load ?? 0) > machine.cores + 1)
        console.log("the machine is busy with other work: the first row, measured by the wall clock, means little");
      console.log(`bare parts a look: ${parts.decodeMs} ms decoding, ${parts.inferenceMs} ms session.run\n`);
      printTable([
        ["", "measured", "limit", "ratio", "goal", ""],
        ...rows.map((r) => [
          r.name,
          `${r.value} ${r.unit}`,
          r.limit === null ? "" : String(r.limit),
          r.ratio === null ? "" : String(r.ratio),
          r.goal,
          r.passed ? "reached" : "not reached",
        ]),
      ]);
      const total = profile.reduce((sum, { ms, counted }) => sum + (counted ? ms : 0), 0);
      if (profile.length > 0) {
        console.log("");
        printTable([
          ["where the CPU time of a look goes", "ms", "share"],
          ...profile.map(({ name, ms, counted }) => [
            name,
            ms.toFixed(2),
            counted ? `${((100 * ms) / total).toFixed(0)} %` : "",
          ]),
          ["all", total.toFixed(2), "100 %"],
        ]);
        console.log(
          batches.length === 0
            ? "\nthe graph takes one picture a run"
            : `\nsession.run, ms a picture: ${batches.map(({ size, ms }) => `${size} at once ${ms.toFixed(2)}`).join(", ")}`,
        );
      }
    }
    return 0;
  } finally {
    await inference.close();
  }
}

await runCommand(bench);
