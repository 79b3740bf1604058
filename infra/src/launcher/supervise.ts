import { type ChildProcess, fork } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { repoRoot } from "../config/index.ts";
import { steadyExecArgv, steadyHeaps } from "./steady-memory.ts";

export interface Supervised {
  readonly name: string;
  readonly ready: Promise<void>;
  /** From here on its end is expected: a Ctrl-C in a terminal reaches the process itself too. */
  readonly expectEnd: () => void;
  readonly stop: () => Promise<void>;
}

export interface SuperviseOptions {
  readonly name: string;
  /** Entry, from the root of the repository. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFolder: string;
  readonly say: (line: string) => void;
  /** Called once when the process died too often; the system cannot go on. */
  readonly giveUp: (sentence: string) => void;
}

/** At most this many restarts within the window; then a person has to look (anchors H2). */
const restartsMax = 5;
const windowMs = 60_000;
const stopLimitMs = 25_000;

/** Runs one process of the system, writes its log, restarts it when it dies, and stops it cleanly. */
export function supervise(options: SuperviseOptions): Supervised {
  mkdirSync(options.logFolder, { recursive: true });
  const logFile = createWriteStream(join(options.logFolder, `${options.name}.log`), { flags: "a", mode: 0o600 });
  const deaths: number[] = [];
  let child: ChildProcess | undefined;
  let stopping = false;
  let lastLine = "";
  let announceReady: () => void = () => undefined;
  const ready = new Promise<void>((done) => {
    announceReady = done;
  });

  function start(): void {
    const started = fork(join(repoRoot, options.file), [], {
      cwd: repoRoot,
      env: { ...steadyHeaps, ...options.env },
      execArgv: [...steadyExecArgv, "--import", "tsx"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child = started;
    started.stdout?.on("data", (chunk: Buffer) => logFile.write(chunk));
    started.stderr?.on("data", (chunk: Buffer) => {
      lastLine = chunk.toString("utf8").trim().split("\n").pop() ?? lastLine;
      logFile.write(chunk);
    });
    started.on("message", (message: { ready?: boolean; line?: string }) => {
      if (message.line !== undefined) {
        lastLine = message.line;
        options.say(message.line);
      }
      if (message.ready) announceReady();
    });
    started.on("exit", (code, signal) => {
      if (stopping) return;
      const now = Date.now();
      deaths.push(now);
      const recent = deaths.filter((at) => now - at < windowMs).length;
      const how = signal ?? `exit code ${code}`;
      if (recent > restartsMax) {
        options.giveUp(
          `${options.name} ended ${recent} times within a minute (${how}${lastLine ? `: ${lastLine}` : ""}); see ${join(options.logFolder, `${options.name}.log`)}.`,
        );
        return;
      }
      options.say(`! ${options.name} ended (${how}); starting it again`);
      setTimeout(
        () => {
          if (!stopping) start();
        },
        250 * 2 ** (recent - 1),
      );
    });
  }

  async function stop(): Promise<void> {
    stopping = true;
    const running = child;
    if (running !== undefined && running.exitCode === null && running.signalCode === null) {
      const gone = new Promise<void>((done) => running.once("exit", () => done()));
      running.kill("SIGTERM");
      const timer = setTimeout(() => running.kill("SIGKILL"), stopLimitMs);
      await gone;
      clearTimeout(timer);
    }
    await new Promise<void>((done) => logFile.end(() => done()));
  }

  start();
  const expectEnd = (): void => {
    stopping = true;
  };
  return { name: options.name, ready, expectEnd, stop };
}
