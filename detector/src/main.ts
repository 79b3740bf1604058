import { ConfigError, readEnvironment, readServices } from "@mingcha/infra/config";
import { assertMigrated, checkAtStart, openDatabase } from "@mingcha/infra/db";
import { createLifecycle } from "@mingcha/infra/lifecycle";
import { createLog } from "@mingcha/infra/log";
import { findMediaTools } from "@mingcha/infra/media";
import { handle, openQueues } from "@mingcha/infra/queue";
import { createStillProcess } from "@mingcha/infra/stills";
import { openStore } from "@mingcha/infra/storage";
import { openWatchPort, warnOfClock } from "@mingcha/infra/watch";
import { detectClip as detectClipJob } from "@mingcha/models/jobs";
import { startStages } from "./attributes/stages-process.ts";
import { detectorConfig } from "./config.ts";
import type { DetectorDeps } from "./jobs/deps.ts";
import { detectClip } from "./jobs/detect-clip.ts";
import { openInferencePool } from "./jobs/inference-pool.ts";
import { sweep } from "./jobs/sweep.ts";
import { locateModel } from "./runtime/load-model.ts";
import { watchVitals } from "./runtime/vitals.ts";

const environment = readEnvironment();
const services = readServices(environment);
const config = detectorConfig(environment);
const log = createLog("detector", environment.LOG_LEVEL);
const lifecycle = createLifecycle(log);

const db = openDatabase(services.databaseUrl);
lifecycle.onStop("database", () => db.$disconnect());
const watch = await openWatchPort({ environment, db, log, lifecycle });
await checkAtStart(log, [() => assertMigrated(db), () => warnOfClock(db, log)]);
const store = await openStore(environment, "detector");
const tools = await findMediaTools(config);
for (const warning of tools.warnings) lifecycle.report({ line: `! ${warning}` });

const model = await locateModel(config.modelId, config.modelFolders);
if ("kind" in model) throw new ConfigError(model.text);
const inference = await openInferencePool(model, tools, config.inferenceProcesses, {
  onTrouble: (text, health) => {
    log.warn({ ...health }, "inference process ended");
    if (health.state === "resting") lifecycle.report({ line: `! ${text}; resting before the next start` });
  },
});
if ("kind" in inference) throw new ConfigError(inference.text);

// Opened beside everything else: nobody waits for them, and without them a person judges alone.
const stages = startStages(config.modelFolders, tools);
void stages.then(({ stageIds, problems }) => {
  for (const problem of problems) lifecycle.report({ line: `! ${problem}` });
  log.info({ stageIds }, "second-stage models");
});
lifecycle.onStop("second-stage models", async () => (await stages).close());
const judge: DetectorDeps["judge"] = async (task) => (await stages).judge(task);

const stills = createStillProcess(tools);
lifecycle.onStop("evidence pictures", stills.close);

const deps: DetectorDeps = {
  db,
  store,
  tools,
  model: model.manifest,
  inference,
  judge,
  renderStill: stills.render,
};
const queues = await openQueues({ ...services, log });
// Together: no new job is taken, and none waits for a process that will not come.
lifecycle.onStop("queues and inference", () => Promise.all([queues.close(), inference.close()]));
await queues.work("detect", [handle(detectClipJob, ({ clipId }, jobLog) => detectClip(deps, clipId, jobLog))], {
  concurrency: inference.clipsAtOnce,
});

lifecycle.onStop("vitals", watchVitals(log, inference));

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

const sessions = inference.health().map(({ processId, session }) => ({ processId, ...session }));
log.info({ model: model.manifest.id, inference: sessions, ffmpeg: tools.ffmpeg.version }, "ready");
watch.ready();
lifecycle.report({ ready: true });
