import { ConfigError, readEnvironment, readServices } from "@mingcha/infra/config";
import { assertMigrated, checkAtStart, openDatabase } from "@mingcha/infra/db";
import { openConfiguredElevation } from "@mingcha/infra/elevation";
import { createLifecycle } from "@mingcha/infra/lifecycle";
import { createLog } from "@mingcha/infra/log";
import { findMediaTools } from "@mingcha/infra/media";
import { createNotifier } from "@mingcha/infra/notify";
import { loadProfile } from "@mingcha/infra/profile";
import { openQueues } from "@mingcha/infra/queue";
import { createStillProcess } from "@mingcha/infra/stills";
import { announceStaging, openStore } from "@mingcha/infra/storage";
import { openWatchPort, warnOfClock } from "@mingcha/infra/watch";
import { buildApp } from "./app.ts";
import { createLiveHub } from "./live/hub.ts";
import { openMapBase } from "./monitoring/map-base.ts";
import { seedDemoObjects } from "./objects/seed-demo-objects.ts";
import { createSheets } from "./objects/sheets/run-sheet.ts";
import { firstPasswordFile, seedFirstAdministrator } from "./people/first-administrator.ts";
import { disableDemoPeople, enableDemoPeople, seedDemoPeople } from "./people/seed-demo.ts";
import { createTrials } from "./scenes/run-trial.ts";
import { sweepOnce, sweepSteps } from "./sweep.ts";
import { readFigures } from "./watch/figures.ts";

const environment = readEnvironment();
const services = readServices(environment);
const log = createLog("api", environment.LOG_LEVEL);
const lifecycle = createLifecycle(log);

const db = openDatabase(services.databaseUrl);
lifecycle.onStop("database", () => db.$disconnect());
const watch = await openWatchPort({
  environment,
  db,
  log,
  lifecycle,
  figures: () => readFigures(db, environment.MINGCHA_DATA),
});
await checkAtStart(log, [() => assertMigrated(db), () => warnOfClock(db, log)]);
const queues = await openQueues({ ...services, log });
lifecycle.onStop("queues", queues.close);
const store = await openStore(environment, "api");
await announceStaging(db, environment.MINGCHA_DATA);
const profile = loadProfile(environment.MINGCHA_PROFILE);
const tools = await findMediaTools({ ffmpegPath: environment.FFMPEG_PATH, ffprobePath: environment.FFPROBE_PATH });
const stills = createStillProcess(tools);
lifecycle.onStop("stills", stills.close);
const now = () => new Date();
const deps = {
  environment,
  profile,
  db,
  databaseUrl: services.databaseUrl,
  store,
  queues,
  log,
  notify: createNotifier(environment),
  tools,
  renderStill: stills.render,
  tryScene: createTrials(),
  sheets: createSheets(),
  live: createLiveHub({ databaseUrl: services.databaseUrl, log, now }),
  mapBase: await openMapBase(environment, log),
  elevation: await openConfiguredElevation(environment),
  now,
};

if (environment.MINGCHA_DEMO && environment.MINGCHA_DEMO_PASSWORD) {
  await seedDemoPeople(db, environment.MINGCHA_DEMO_PASSWORD, new Date());
  await enableDemoPeople(db);
  await seedDemoObjects(db);
} else {
  await disableDemoPeople(db, new Date());
  // Without a supervisor there is no terminal to print to, and logs are no place for it.
  const file = lifecycle.isSupervised() ? null : firstPasswordFile(environment.MINGCHA_DATA);
  const password = await seedFirstAdministrator(db, file);
  if (password !== null && file !== null) log.warn({ file }, "first administrator made; the password is in the file");
  if (password !== null)
    lifecycle.report({ line: `First administrator: login "administrator", password "${password}" (shown only now)` });
}

const app = await buildApp(deps);
lifecycle.onStop("server", () => app.close());

const sweepEveryMs = 1_000;
const steps = sweepSteps(deps);
let sweeping = false;
const sweep = setInterval(() => {
  if (sweeping || lifecycle.stopping()) return;
  sweeping = true;
  void sweepOnce(steps, log).finally(() => {
    sweeping = false;
  });
}, sweepEveryMs);
lifecycle.onStop("sweep", () => clearInterval(sweep));

try {
  await app.listen({ host: environment.MINGCHA_HOST, port: environment.MINGCHA_PORT });
} catch (error) {
  const busy = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
  if (!busy) throw error;
  lifecycle.report({ line: `Port ${environment.MINGCHA_PORT} is already in use; set MINGCHA_PORT to a free one.` });
  throw new ConfigError("port in use");
}
log.info({ port: environment.MINGCHA_PORT }, "listening");
watch.ready();
lifecycle.report({ ready: true });
