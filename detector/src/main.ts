import { ConfigError, readEnvironment, readServices } from "@mingcha/infra/config";
import { openDatabase } from "@mingcha/infra/db";
import { createLifecycle } from "@mingcha/infra/lifecycle";
import { createLog } from "@mingcha/infra/log";
import { findMediaTools } from "@mingcha/infra/media";
import { handle, openQueues } from "@mingcha/infra/queue";
import { openStore } from "@mingcha/infra/storage";
import { detectClip as detectClipJob } from "@mingcha/models/jobs";
import { detectorConfig } from "./config.ts";
import type { DetectorDeps } from "./jobs/deps.ts";
import { detectClip } from "./jobs/detect-clip.ts";
import { createInferencePool } from "./jobs/inference-pool.ts";
import { sweep } from "./jobs/sweep.ts";
import { startInferenceProcess } from "./runtime/inference-process.ts";
import { locateModel } from "./runtime/load-model.ts";

const environment = readEnvironment();
const services = readServices(environment);
const config = detectorConfig(environment);
const log = createLog("detector", environment.LOG_LEVEL);
const lifecycle = createLifecycle(log);

const db = openDatabase(services.databaseUrl);
lifecycle.onStop("database", () => db.$disconnect());
const store = await openStore(environment, "detector");
const tools = await findMediaTools(config);
for (const warning of tools.warnings) lifecycle.report({ line: `! ${warning}` });

const model = await locateModel(config.modelId, config.modelFolders);
if ("kind" in model) throw new ConfigError(model.text);
const members = [];
for (let started = 0; started < config.inferenceProcesses; started += 1) {
  const member = await startInferenceProcess(model, tools);
  if ("kind" in member) throw new ConfigError(member.text);
  members.push(member);
}
const inference = createInferencePool(members);
lifecycle.onStop("inference", inference.close);

const deps: DetectorDeps = { db, store, tools, model: model.manifest, inference };
const queues = await openQueues({ ...services, log });
lifecycle.onStop("queues", queues.close);
await queues.work("detect", [handle(detectClipJob, ({ clipId }, jobLog) => detectClip(deps, clipId, jobLog))], {
  concurrency: config.inferenceProcesses,
});

const sweepEveryMs = 5_000;
let sweeping = false;
const timer = setInterval(() => {
  if (sweeping || lifecycle.stopping()) return;
  sweeping = true;
  sweep(deps, queues)
    .catch((error: unknown) => log.error({ err: error }, "sweep failed"))
    .finally(() => {
      sweeping = false;
    });
}, sweepEveryMs);
lifecycle.onStop("sweep", () => clearInterval(timer));

log.info({ model: model.manifest.id, processes: members.length, ffmpeg: tools.ffmpeg.version }, "ready");
lifecycle.report({ ready: true });
