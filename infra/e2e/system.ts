import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { freePort } from "../src/free-port.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface RunningSystem {
  readonly url: string;
  readonly password: string;
  readonly dataFolder: string;
  /** What the supervisor has printed so far. */
  readonly output: () => string;
  /** Asks the system's own database. */
  readonly query: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** Process id of `api`, `ingest` or `detector`, as its log says. */
  readonly pidOf: (name: string) => number;
  readonly stop: () => Promise<number | null>;
  /** Kills the supervisor itself, as a power cut for the processes would; the database server is left behind. */
  readonly kill: () => Promise<void>;
}

/** Starts the whole system as `npm start` does after its preparations: own data folder, own port, everything real. */
export async function startSystem(
  env: Record<string, string> = {},
  dataFolder = mkdtempSync(join(tmpdir(), "mingcha-e2e-")),
): Promise<RunningSystem> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "infra/src/launcher/main.ts")], {
    cwd: root,
    env: {
      ...process.env,
      MINGCHA_DATA: dataFolder,
      MINGCHA_PORT: String(port),
      MINGCHA_MODEL: "starter",
      MINGCHA_MIN_FREE_MB: "50",
      MINGCHA_LOW_FREE_MB: "50",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  await waitFor(
    () => /switches them off|Mingcha ·.*\n.*http/.test(output) || child.exitCode !== null,
    120_000,
    () => output,
  );
  if (child.exitCode !== null) throw new Error(`The system did not start:\n${output}`);
  const services = JSON.parse(readFileSync(join(dataFolder, "services.json"), "utf8")) as { databaseUrl: string };
  const pool = new pg.Pool({ connectionString: services.databaseUrl, max: 2 });
  pool.on("error", () => undefined);
  return {
    url: `http://127.0.0.1:${port}`,
    password: /password\s+(\S+)/.exec(output)?.[1] ?? "",
    dataFolder,
    output: () => output,
    query: async (sql, values) => (await pool.query(sql, values)).rows,
    pidOf: (name) => {
      const lines = readFileSync(join(dataFolder, "logs", `${name}.log`), "utf8").match(/"pid":(\d+)/g) ?? [];
      return Number(lines.at(-1)?.slice(6));
    },
    stop: async () => {
      await pool.end();
      return stopProcess(child);
    },
    kill: async () => {
      await pool.end();
      const gone = new Promise<void>((done) => child.once("exit", () => done()));
      child.kill("SIGKILL");
      await gone;
    },
  };
}

async function stopProcess(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  child.kill("SIGTERM");
  return gone;
}

/** Waits for a condition; fails with what `state` says when it does not come. */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  limitMs: number,
  state: () => string | Promise<string> = () => "",
): Promise<void> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += 250) {
    if (await condition()) return;
    await sleep(250);
  }
  throw new Error(`did not happen within ${limitMs / 1_000} s: ${await state()}`);
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
