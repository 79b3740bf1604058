import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnvironment } from "@mingcha/infra/config";
import { openDatabase } from "@mingcha/infra/db";
import { createLog } from "@mingcha/infra/log";
import { openQueues } from "@mingcha/infra/queue";
import { registerScene } from "@mingcha/infra/scenes";
import { openStore } from "@mingcha/infra/storage";
import { BadUse, runCommand } from "./cli/fail.ts";
import { openTools, readConfig } from "./cli/open-detector.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { printTable } from "./cli/print-table.ts";
import { makeCameras } from "./soak/cameras.ts";
import { feedCameras } from "./soak/feed-cameras.ts";
import { countLooks, judgeRun, vitalsOf } from "./soak/judge-run.ts";
import { type SoakSystem, startSystem } from "./soak/start-system.ts";
import { type MemorySample, sampleMemory, trendsOf } from "./soak/watch-memory.ts";

/**
 * Footage of several cameras through the whole system as fast as it goes: row, object, queue, detector, database. Says whether every look
 * was taken once, whether memory stays flat, and whether the detector stays responsive meanwhile. Exit 1 where one of them is not so.
 */
const usage = "npm run soak -- [--minutes 60] [--cameras 4] [--processes N] [--model ID] [--json]";

/** Footage begins on a working day, so that rules with hours apply. */
const startedAtMs = Date.parse("2026-05-06T09:00:00+08:00");
const sampleEveryMs = 2_000;
/** Clips that wait for each process, so that none is ever idle. */
const backlogPerProcess = 4;

function readOptions() {
  const options = {
    minutes: { type: "string", default: "60" },
    cameras: { type: "string", default: "4" },
    processes: { type: "string", default: String(availableParallelism()) },
    model: { type: "string", default: "starter" },
    json: { type: "boolean", default: false },
  } as const;
  const { values } = parseArguments(options, usage);
  const numbers = {
    minutes: Number(values.minutes),
    cameras: Number(values.cameras),
    processes: Number(values.processes),
  };
  if (!Object.values(numbers).every((value) => value > 0))
    throw new BadUse(`minutes, cameras and processes are numbers above 0. Usage: ${usage}`);
  return { ...numbers, model: values.model, json: values.json };
}

type Options = ReturnType<typeof readOptions>;

/** Pushes all footage through and gives what was seen meanwhile. Closes its own connections, not the system. */
async function run(system: SoakSystem, folder: string, dataFolder: string, options: Options) {
  const { databaseUrl } = system;
  const db = openDatabase(databaseUrl, 3);
  const queues = await openQueues({ databaseUrl, redisUrl: undefined, log: createLog("soak", "error") });
  try {
    const store = await openStore(parseEnvironment({ MINGCHA_DATA: dataFolder }), "soak");
    const cameras = await makeCameras(await openTools(readConfig()), folder, options.cameras, startedAtMs);
    const actor = { kind: "machine", id: "soak", name: "soak" } as const;
    for (const { sourceId, scene } of cameras)
      await registerScene(db, { ...scene, source: { ...scene.source, id: sourceId } }, { actor });
    const samples: MemorySample[] = [];
    const detectorPid = system.detectorPid();
    let sampledMs = 0;
    const sample = async (): Promise<void> => {
      if (performance.now() - sampledMs < sampleEveryMs) return;
      sampledMs = performance.now();
      const footageMs = cameras.reduce((sum, { atMs }) => sum + atMs - startedAtMs, 0) / cameras.length;
      samples.push(await sampleMemory(detectorPid, footageMs / 3_600_000));
      if (options.json || samples.length % 15 > 0) return;
      const load = (loadavg()[0] ?? 0).toFixed(1);
      console.log(`· ${(footageMs / 60_000).toFixed(0)} of ${options.minutes} minutes a camera, load ${load}`);
    };
    const beganMs = performance.now();
    const planned = await feedCameras({ db, store, queues }, cameras, startedAtMs + options.minutes * 60_000, {
      backlogMax: backlogPerProcess * options.processes,
      onClip: sample,
    });
    return {
      wallS: Math.round((performance.now() - beganMs) / 1000),
      counts: await countLooks(db, planned),
      trends: trendsOf(samples),
      detectorStayed: system.detectorPid() === detectorPid,
    };
  } finally {
    await queues.close();
    await db.$disconnect();
  }
}

async function soak(): Promise<number> {
  const options = readOptions();
  const folder = await mkdtemp(join(tmpdir(), "mingcha-soak-"));
  const dataFolder = join(folder, "data");
  await mkdir(dataFolder);
  const system = await startSystem(dataFolder, options).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, async () => {
      await system.stop();
      await rm(folder, { recursive: true, force: true });
      process.exit(1);
    });
  try {
    const { wallS, counts, trends, detectorStayed } = await run(system, folder, dataFolder, options);
    await system.stop();
    const vitals = vitalsOf(system);
    const stalled = system.detectorLog().filter(({ msg }) => msg === "job stalled").length;
    const backlog = backlogPerProcess * options.processes;
    const rows = judgeRun(counts, trends, { vitals, stalled, detectorStayed, backlog });
    const { provider, threads } = vitals?.inference[0]?.session ?? {};
    const facts = { ...options, wallS, flags: counts.flags, load: loadavg()[0], provider, threads };
    if (options.json) console.log(JSON.stringify({ ...facts, rows }, null, 2));
    else {
      const { cameras, minutes, processes } = options;
      console.log(
        `\n${cameras} cameras × ${minutes} min in ${wallS} s (${((cameras * minutes * 60) / wallS).toFixed(1)} × real time), ${counts.flags} flags; ` +
          `${processes} processes of ${threads} thread on ${provider}; load ${facts.load?.toFixed(1)}\n`,
      );
      printTable([
        ["", "measured", "goal", ""],
        ...rows.map(({ name, value, goal, passed }) => [name, value, goal, passed ? "reached" : "not reached"]),
      ]);
    }
    return rows.every(({ passed }) => passed) ? 0 : 1;
  } finally {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await runCommand(soak);
