/**
 * The ingest process: files come in by several ways, are examined, stored once, dated and handed to the detector.
 * Environment → log → database → store → queues → handlers → ways in → sweep; stopped in reverse.
 */
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { assertMigrated, checkAtStart, openDatabase } from "@mingcha/infra/db";
import { createLifecycle } from "@mingcha/infra/lifecycle";
import { createLog } from "@mingcha/infra/log";
import { findMediaTools } from "@mingcha/infra/media";
import { readTimeServers } from "@mingcha/infra/ntp";
import { loadProfile } from "@mingcha/infra/profile";
import { handle, openQueues } from "@mingcha/infra/queue";
import { assertSharedStaging, openStore } from "@mingcha/infra/storage";
import { readNetworks, readSecretKey } from "@mingcha/infra/streams";
import { openWatchPort, warnOfClock } from "@mingcha/infra/watch";
import { storeIntake, takeUpload } from "@mingcha/models/jobs";
import { readIngestConfig } from "./config.ts";
import { dockTurnMs, holdDocks } from "./dock/hold-docks.ts";
import { readDockDeps } from "./dock/open-docks.ts";
import type { IntakeDeps } from "./intake/intake-deps.ts";
import { storeIntakeNow } from "./intake/store-intake.ts";
import { quietMs, sweepIntakes } from "./intake/sweep.ts";
import { takeUploadNow } from "./intake/take-upload.ts";
import { holdStreams } from "./live/hold-streams.ts";
import { hostFirstMs, hostTurnMs, watchHostClock } from "./live/host-clock.ts";
import { hostClockFigures } from "./live/host-clock-figures.ts";
import { turnMs } from "./live/lease-streams.ts";
import { progressLine } from "./progress-line.ts";
import { mostPerDay } from "./retention/day-limit.ts";
import { askDatabaseClock } from "./retention/run-clock.ts";
import { retentionEveryMs, runRetention } from "./retention/run-retention.ts";
import { diskEveryMs, sampleDisk } from "./retention/watch-disk.ts";
import { runEvery } from "./run-every.ts";
import { demoWaysIn, waysIn } from "./ways-in/index.ts";

const { environment, services, folders } = readIngestConfig();
const log = createLog("ingest", environment.LOG_LEVEL);
const lifecycle = createLifecycle(log);

for (const folder of [folders.uploads, folders.inbox, folders.quarantine, folders.live, folders.docks])
  await mkdir(folder, { recursive: true, mode: 0o700 });
const tools = await findMediaTools({ ffmpegPath: environment.FFMPEG_PATH, ffprobePath: environment.FFPROBE_PATH });
for (const warning of tools.warnings) log.warn({ warning }, "media tools");
log.info({ ffprobe: tools.ffprobe.version }, "media tools found");

const db = openDatabase(services.databaseUrl, 6);
lifecycle.onStop("database", () => db.$disconnect());
const hostClock = watchHostClock({
  db,
  machine: hostname(),
  servers: readTimeServers(environment.MINGCHA_NTP_SERVERS),
  log,
});
const watch = await openWatchPort({
  environment,
  db,
  log,
  lifecycle,
  figures: async () => hostClockFigures(hostClock),
});
await checkAtStart(log, [
  () => assertMigrated(db),
  () => warnOfClock(db, log),
  () => assertSharedStaging(db, folders.data),
]);
const store = await openStore(environment, "ingest");
const queues = await openQueues({ ...services, log });
lifecycle.onStop("queues", queues.close);

const deps: IntakeDeps = {
  db,
  store,
  queues,
  tools,
  folders,
  minFreeBytes: environment.MINGCHA_MIN_FREE_MB * 1_048_576,
  lowFreeBytes: environment.MINGCHA_LOW_FREE_MB * 1_048_576,
  log,
};
await queues.work(
  "ingest",
  [
    handle(takeUpload, ({ uploadId }) => takeUploadNow(deps, uploadId)),
    handle(storeIntake, ({ intakeId }) => storeIntakeNow(deps, intakeId)),
  ],
  { concurrency: 2 },
);

for (const open of [...waysIn, ...(environment.MINGCHA_DEMO ? demoWaysIn : [])]) {
  const way = await open(deps);
  if (way.every === "once") await way.look();
  else lifecycle.onStop(way.via, runEvery(way.every.ms, way.via, way.look, log));
}

lifecycle.onStop("clock of this machine", runEvery(hostTurnMs, "clock", hostClock.turn, log));
// the first comparisons of devices' clocks want it; a time server that is silent holds nothing up
await Promise.race([hostClock.turn().catch(() => undefined), sleep(hostFirstMs, undefined, { ref: false })]);

const streams = holdStreams({
  ...deps,
  machine: `${hostname()}-${randomUUID().slice(0, 8)}`,
  networks: readNetworks(environment.MINGCHA_STREAM_NETWORKS),
  secretKey: environment.MINGCHA_SECRET_KEY === undefined ? null : readSecretKey(environment.MINGCHA_SECRET_KEY),
  liveFolder: folders.live,
  hostClock,
});
lifecycle.onStop("live sources", streams.stop);
lifecycle.onStop("live turns", runEvery(turnMs, "live", streams.turn, log));

const profile = loadProfile(environment.MINGCHA_PROFILE);
const dockDeps = readDockDeps(environment, profile, deps);
if (dockDeps !== null) {
  const docks = holdDocks(dockDeps);
  lifecycle.onStop("docks", docks.stop);
  lifecycle.onStop("dock turns", runEvery(dockTurnMs, "docks", docks.turn, log));
  lifecycle.onStop("dock files", runEvery(dockTurnMs, "dock files", docks.work, log));
}

const retention = {
  db,
  store,
  folders,
  settings: profile.retention,
  machine: hostname(),
  now: () => new Date(),
  databaseNow: () => askDatabaseClock(db),
  mostPerDay,
  log,
};
lifecycle.onStop(
  "free space",
  runEvery(diskEveryMs, "free space", () => sampleDisk(retention), log),
);
lifecycle.onStop(
  "retention",
  runEvery(retentionEveryMs, "retention", () => runRetention(retention), log),
);

let lastLine = "";
lifecycle.onStop(
  "sweep",
  runEvery(
    quietMs,
    "sweep",
    async () => {
      await sweepIntakes(deps);
      const line = await progressLine(db);
      if (line !== lastLine) lifecycle.report({ line });
      lastLine = line;
    },
    log,
  ),
);
watch.ready();
lifecycle.report({ ready: true });
log.info({ inbox: folders.inbox }, "ready");
