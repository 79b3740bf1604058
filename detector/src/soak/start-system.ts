import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inheritedEnvironment, repoRoot } from "@mingcha/infra/config";
import { typescriptExecArgv } from "@mingcha/infra/run-typescript";

export type SoakSystem = {
  databaseUrl: string;
  /** Process ids as the log names them. */
  detectorPid: () => number;
  /** Lines of the detector's log so far. */
  detectorLog: () => { msg?: string; [key: string]: unknown }[];
  stop: () => Promise<void>;
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

const startLimitMs = 180_000;

/** Starts the whole system on a data folder of its own, as `npm start` does: embedded database, api, ingest and detector. */
export async function startSystem(
  dataFolder: string,
  { model, processes }: { model: string; processes: number },
): Promise<SoakSystem> {
  const port = await freePort();
  const child = spawn(process.execPath, [...typescriptExecArgv(), join(repoRoot, "infra/src/launcher/main.ts")], {
    cwd: repoRoot,
    env: {
      ...inheritedEnvironment(),
      MINGCHA_DATA: dataFolder,
      MINGCHA_PORT: String(port),
      MINGCHA_DEMO: "0",
      MINGCHA_MODEL: model,
      MINGCHA_INFERENCE_PROCESSES: String(processes),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
  const logFile = join(dataFolder, "logs", "detector.log");
  const detectorLog = (): { msg?: string }[] =>
    (existsSync(logFile) ? readFileSync(logFile, "utf8") : "")
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
  for (let waitedMs = 0; !detectorLog().some(({ msg }) => msg === "ready"); waitedMs += 250) {
    if (child.exitCode !== null || waitedMs > startLimitMs) {
      child.kill("SIGTERM");
      throw new Error(`the system did not start:\n${output}`);
    }
    await sleep(250);
  }
  const services = JSON.parse(readFileSync(join(dataFolder, "services.json"), "utf8")) as { databaseUrl: string };
  return {
    databaseUrl: services.databaseUrl,
    detectorPid: () => Number(/"pid":(\d+)/.exec(readFileSync(logFile, "utf8").trim().split("\n").at(-1) ?? "")?.[1]),
    detectorLog,
    stop: async () => {
      if (child.exitCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      await gone;
    },
  };
}
