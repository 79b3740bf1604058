import { ConfigError, readEnvironment, readServices } from "@mingcha/infra/config";
import { openDatabase } from "@mingcha/infra/db";
import { createLifecycle } from "@mingcha/infra/lifecycle";
import { createLog } from "@mingcha/infra/log";
import { findMediaTools } from "@mingcha/infra/media";
import { createNotifier } from "@mingcha/infra/notify";
import { loadProfile } from "@mingcha/infra/profile";
import { openQueues } from "@mingcha/infra/queue";
import { createStillProcess } from "@mingcha/infra/stills";
import { openStore } from "@mingcha/infra/storage";
import { buildApp } from "./app.ts";
import { lookAgain } from "./clues/look-again.ts";
import { openClues, openPage } from "./clues/open-clues.ts";
import { sendDissuasions } from "./clues/send-dissuasions.ts";
import { seedDemoDevices, seedDemoFlights } from "./devices/seed-demo-devices.ts";
import { disableDemoPeople, enableDemoPeople, seedDemoPeople, seedFirstAdministrator } from "./people/seed-demo.ts";
import { createTrials } from "./scenes/run-trial.ts";

const environment = readEnvironment();
const services = readServices(environment);
const log = createLog("api", environment.LOG_LEVEL);
const lifecycle = createLifecycle(log);

const db = openDatabase(services.databaseUrl);
lifecycle.onStop("database", () => db.$disconnect());
const queues = await openQueues({ ...services, log });
lifecycle.onStop("queues", queues.close);
const store = await openStore(environment, "api");
const profile = loadProfile(environment.MINGCHA_PROFILE);
const tools = await findMediaTools({ ffmpegPath: environment.FFMPEG_PATH, ffprobePath: environment.FFPROBE_PATH });
const stills = createStillProcess(tools);
lifecycle.onStop("stills", stills.close);
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
  now: () => new Date(),
};

if (environment.MINGCHA_DEMO && environment.MINGCHA_DEMO_PASSWORD) {
  await seedDemoPeople(db, environment.MINGCHA_DEMO_PASSWORD, new Date());
  await enableDemoPeople(db);
} else {
  await disableDemoPeople(db, new Date());
  const password = await seedFirstAdministrator(db);
  if (password !== null)
    lifecycle.report({ line: `First administrator: login "administrator", password "${password}" (shown only now)` });
}

const app = await buildApp(deps);
lifecycle.onStop("server", () => app.close());

/** Flags become clues by themselves; a sweep, so that a crash between the two loses nothing. */
const sweepEveryMs = 1_000;
/** Every so often all flags are looked at; in between those of the last while, which a stopped clock or a slow commit does not outlast. */
const sweepAllEveryMs = 10 * 60_000;
const overlapMs = 30 * 60_000;
let sweptAllMs: number | undefined;
let sweeping = false;
const sweep = setInterval(() => {
  if (sweeping || lifecycle.stopping()) return;
  sweeping = true;
  if (sweptAllMs !== undefined && Date.now() - sweptAllMs > sweepAllEveryMs) sweptAllMs = undefined;
  (environment.MINGCHA_DEMO ? seedDemoDevices(db).then(() => seedDemoFlights(db)) : Promise.resolve())
    .then(() => openClues(deps, sweptAllMs === undefined ? undefined : new Date(Date.now() - overlapMs)))
    .then((opened) => {
      // a full page may not have been all
      if (opened < openPage) sweptAllMs ??= Date.now();
    })
    .then(() => sendDissuasions(deps))
    .then(() => lookAgain(deps))
    .catch((error: unknown) => log.error({ err: error }, "sweep failed; what is left waits for the next"))
    .finally(() => {
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
lifecycle.report({ ready: true });
