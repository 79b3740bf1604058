import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repoRoot } from "../src/config/index.ts";
import { deployFolder, readCompose } from "../src/deploy/read-manifests.ts";
import { freePort } from "../src/free-port.ts";
import { waitFor } from "./system.ts";

const { services } = readCompose();
const logLineMax = 4_000;

export interface DeployedProcess {
  readonly name: string;
  readonly child: ChildProcess;
  readonly env: Readonly<Record<string, string>>;
  /** Values of a field in the log lines with this message. */
  readonly logged: (message: string, field: string) => string[];
  readonly tail: () => string;
  /** What compose's own health check says. */
  readonly isHealthy: () => boolean;
  readonly stop: () => Promise<number | null>;
}

export interface Installation {
  readonly folder: string;
  /** Addresses of the services on this machine, in the place of those inside compose's networks. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly s3Endpoint: string;
}

/** Secrets as README.md makes them; those that name hosts of compose's networks are written anew for this machine. */
export function makeSecrets({ folder, databaseUrl, redisUrl }: Installation): { accessKey: string; secretKey: string } {
  const secrets = join(folder, "secrets");
  execFileSync(process.execPath, [join(deployFolder, "make-secrets.mjs"), secrets]);
  for (const [name, value] of Object.entries({ database_url: databaseUrl, redis_url: redisUrl })) {
    rmSync(join(secrets, name));
    writeFileSync(join(secrets, name), value);
  }
  const read = (name: string) => readFileSync(join(secrets, name), "utf8").trim();
  return { accessKey: read("s3_access_key"), secretKey: read("s3_secret_key") };
}

/**
 * Starts a service of compose.yaml as a process of its own: its command, its variables, its secrets as files. Other than in a container are
 * folders, addresses and ports, and that one inference process has to do on a test machine.
 * @param machine tells folders of one service's processes apart; services on the volume `staging` share one.
 */
export async function startDeployed(at: Installation, service: string, machine: string): Promise<DeployedProcess> {
  const said = services[service];
  if (said?.command === undefined) throw new Error(`compose.yaml has no service ${service} with a command`);
  const isShared = said.volumes.includes("staging:/data");
  const data = join(at.folder, isShared ? "staging" : machine);
  mkdirSync(data, { recursive: true });
  const local: Record<string, string> = {
    MINGCHA_DATA: data,
    MINGCHA_HOST: "127.0.0.1",
    MINGCHA_PORT: String(await freePort()),
    MINGCHA_WATCH_HOST: "127.0.0.1",
    MINGCHA_WATCH_PORT: String(await freePort()),
    S3_ENDPOINT: at.s3Endpoint,
    MINGCHA_INFERENCE_PROCESSES: "1",
    MINGCHA_MIN_FREE_MB: "50",
  };
  const env = Object.fromEntries(
    Object.entries(said.environment).map(([name, value]) => [
      name,
      local[name] ?? value.replace("/run/secrets", join(at.folder, "secrets")),
    ]),
  );
  const [program = "", ...args] = said.command;
  const child = spawn(program === "node" ? process.execPath : program, args, {
    cwd: repoRoot,
    // nothing of the test's own environment but where programs are
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  let half = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      const parts = (half + chunk.toString("utf8")).split("\n");
      half = parts.pop() ?? "";
      lines.push(...parts.map((line) => line.slice(0, logLineMax)));
    });
  const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  const probe = said.healthcheck?.test.slice(1) ?? [];
  return {
    name: machine,
    child,
    env,
    logged: (message, field) =>
      lines
        .filter((line) => line.includes(`"msg":"${message}"`))
        .map((line) => String((JSON.parse(line) as Record<string, unknown>)[field])),
    tail: () => lines.slice(-15).join("\n"),
    isHealthy: () => {
      const test = probe.map((part) =>
        part.replace(`:${said.environment.MINGCHA_WATCH_PORT}/`, `:${env.MINGCHA_WATCH_PORT}/`),
      );
      try {
        execFileSync(process.execPath, test.slice(1), { stdio: "ignore", timeout: 10_000 });
        return true;
      } catch {
        return false;
      }
    },
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Waits until compose would call it healthy; fails with its log when it ended instead. */
export async function untilHealthy(started: DeployedProcess): Promise<DeployedProcess> {
  await waitFor(
    () => {
      if (started.child.exitCode !== null) throw new Error(`${started.name} ended:\n${started.tail()}`);
      return started.isHealthy();
    },
    120_000,
    started.tail,
  );
  return started;
}

/** Runs a service that ends by itself. */
export async function runDeployed(at: Installation, service: string): Promise<{ code: number | null; output: string }> {
  const started = await startDeployed(at, service, service);
  const code = await new Promise<number | null>((done) => started.child.once("close", done));
  return { code, output: started.tail() };
}
