import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, type Environment, inheritedEnvironment, readEnvironment } from "../config/index.ts";
import { applyMigrations } from "../db/migrate.ts";
import { loadProfile } from "../profile/index.ts";
import { freeBytes } from "../storage/free-bytes.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { watchProgress } from "./progress.ts";
import { readSecrets } from "./secrets.ts";
import { assertPortFree, holdDataFolder } from "./single-instance.ts";
import { type Supervised, supervise } from "./supervise.ts";

const say = (line: string): void => console.log(line);
const stops: { name: string; stop: () => unknown; expectEnd?: () => void }[] = [];
let stopping = false;

/** Closes everything in reverse order of start; a second signal ends at once. */
async function stop(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (exitCode === 0) say("· Stopping …");
  for (const item of stops) item.expectEnd?.();
  for (const item of stops.reverse()) {
    try {
      await item.stop();
    } catch (error) {
      console.error(`${item.name} could not be stopped: ${String(error)}`);
    }
  }
  if (exitCode === 0) say("✓ Stopped. Start again to go on where it was.");
  process.exit(exitCode);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));

try {
  await start(readEnvironment());
} catch (error) {
  if (!stopping) {
    console.error(
      error instanceof ConfigError
        ? error.message
        : `Mingcha could not start: ${error instanceof Error ? error.message : String(error)}`,
    );
    await stop(1);
  }
}

async function start(environment: Environment): Promise<void> {
  const data = environment.MINGCHA_DATA;
  const profile = loadProfile(environment.MINGCHA_PROFILE);
  await prepareDataFolder(environment);
  stops.push({ name: "data folder", stop: holdDataFolder(data) });
  await assertPortFree(environment.MINGCHA_HOST, environment.MINGCHA_PORT);

  let databaseUrl = environment.DATABASE_URL;
  if (databaseUrl === undefined) {
    const postgres = await startEmbeddedPostgres(join(data, "postgres"));
    stops.push({ name: "PostgreSQL", stop: postgres.stop });
    databaseUrl = postgres.url;
    say("✓ PostgreSQL (embedded, loopback)");
  } else say("✓ PostgreSQL (DATABASE_URL)");
  const applied = await applyMigrations(databaseUrl);
  say(applied.length === 0 ? "✓ Database is up to date" : `✓ Database migrated (${applied.length})`);

  const secrets = readSecrets(data);
  const demoPassword = environment.MINGCHA_DEMO_PASSWORD ?? secrets.demoPassword;
  const servicesFile = join(data, "services.json");
  writeFileSync(servicesFile, JSON.stringify({ databaseUrl, redisUrl: environment.REDIS_URL ?? null }), {
    mode: 0o600,
  });
  chmodSync(servicesFile, 0o600);
  stops.push({ name: "services file", stop: () => rmSync(servicesFile, { force: true }) });

  const env = {
    ...inheritedEnvironment(),
    DATABASE_URL: databaseUrl,
    MINGCHA_EMBEDDED_DATABASE: environment.DATABASE_URL === undefined ? "1" : "0",
    MINGCHA_DEMO_PASSWORD: demoPassword,
    MINGCHA_SECRET_KEY: environment.MINGCHA_SECRET_KEY ?? secrets.secretKey,
  };
  const giveUp = (sentence: string): void => {
    console.error(sentence);
    void stop(1);
  };
  const common = { env, logFolder: join(data, "logs"), say, giveUp };
  // One after another: two cores start three processes faster in turn than at once, and the page is there first.
  for (const name of ["api", "ingest", "detector"]) {
    if (stopping) return;
    // one machine, one port for figures
    const own = name === "api" ? common : { ...common, env: { ...env, MINGCHA_WATCH_PORT: "" } };
    const running: Supervised = supervise({ ...own, name, file: `${name}/src/main.ts` });
    stops.push({ name, stop: running.stop, expectEnd: running.expectEnd });
    await running.ready;
    say(`✓ ${name}`);
  }
  const address = `http://${environment.MINGCHA_HOST === "0.0.0.0" ? "127.0.0.1" : environment.MINGCHA_HOST}:${environment.MINGCHA_PORT}/`;
  say(`\n明察 Mingcha · ${profile.bureau.name.zh}\n  ${address}\n`);
  if (environment.MINGCHA_DEMO) {
    say(`  Demo log-ins, all with the password  ${demoPassword}`);
    say("    monitor 监控  pilot 飞手  tech 技术审核  legal 法制审核  both 双证");
    say("    handler1 handler2 承办人  head 负责人  auditor 监督  admin 管理员");
    say("  MINGCHA_DEMO=0 switches them off.\n");
  }
  const progress = watchProgress(databaseUrl, say);
  stops.push({ name: "progress", stop: progress });
}

async function prepareDataFolder(environment: Environment): Promise<void> {
  const data = environment.MINGCHA_DATA;
  try {
    // Others on the machine have no business here; only the embedded PostgreSQL's own account must be able to pass.
    mkdirSync(data, { recursive: true });
    chmodSync(data, 0o711);
    writeFileSync(join(data, ".writable"), "");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigError(
      code === "ENOSPC"
        ? `The disk of ${data} is full; free some space and start again.`
        : `The data folder ${data} cannot be written (${code ?? "unknown reason"}); set MINGCHA_DATA to another one.`,
    );
  }
  const free = await freeBytes(data);
  if (free < environment.MINGCHA_MIN_FREE_MB * 1_048_576) {
    throw new ConfigError(
      `Only ${Math.floor(free / 1_048_576)} MB are free on the disk of ${data}; at least ${environment.MINGCHA_MIN_FREE_MB} MB are needed (MINGCHA_MIN_FREE_MB).`,
    );
  }
}
